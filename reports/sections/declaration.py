"""Section 12, the declaration of article 13.2: the Spanish text as the order has it, whatever the language."""

from reports.content import Section
from reports.writing import Draft, prose

NUMBER = 12
# Orden HFP/1030/2021, art. 13.2. Never translated: what is signed is this text.
DECLARATION = (
    "En fecha ______, este Centro manifiesta que los fondos se han utilizado para los fines previstos y se han "
    "gestionado de conformidad con todas las normas que resultan de aplicación, en particular las normas relativas "
    "a la prevención de conflictos de intereses, del fraude, de la corrupción y de la doble financiación procedente "
    "del Mecanismo y de otros programas de la Unión y de conformidad con el principio de buena gestión financiera. "
    "Asimismo, manifiesta la veracidad de la información contenida en el informe en relación con el cumplimiento de "
    "hitos y objetivos, y confirma que no se han revocado medidas relacionadas con hitos y objetivos anteriormente "
    "cumplidos satisfactoriamente, atendiendo a lo establecido en el apartado 3 del artículo 24 del Reglamento (UE) "
    "241/2021."
)


def write_declaration(draft: Draft) -> Section:
    """Place, date, name and post are left to the signer."""
    signature = [draft.say(f"sign.{key}") for key in ("place", "date", "name", "post", "signature")]
    blocks = (
        prose("declaration", DECLARATION), prose("translation", draft.say("declaration.note")),
        prose("signature", *signature),
    )
    return Section(NUMBER, "declaration", draft.say("section.declaration"), blocks)
