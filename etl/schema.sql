-- The tables of a build. This file is the data dictionary: every comment is stored in the build itself.
-- Every row that came from a file carries row_key (file_id-line), so that any figure traces to its lines.
-- The two tables that may have millions of rows have no primary key: its index has to fit in memory, so the load proves
-- by a query that enrolment.enrolment_id and superseded.row_key are unique (etl/reconcile.py).

create table build (
    build_id varchar primary key,
    built_at timestamp not null,
    code_version varchar not null,
    rules_version varchar not null,
    key_id varchar not null,
    is_sample boolean not null,
    newest_event_on date
);
comment on table build is 'One row: the load that made this file.';
comment on column build.build_id is 'Time of the load (UTC) and the first 8 characters of the hash of its source files.';
comment on column build.built_at is 'Moment of the load, UTC.';
comment on column build.code_version is 'Version of this software that made the build.';
comment on column build.rules_version is 'Hash of the layouts, transformations and checks that were applied.';
comment on column build.key_id is 'Identifies the secret key of the pseudonyms without revealing it.';
comment on column build.is_sample is 'The source files are the synthetic sample.';
comment on column build.newest_event_on is 'Newest event of the exports that was not in the future when they were loaded: the default cut-off.';

create table source_file (
    file_id varchar primary key,
    file_name varchar not null,
    sheet_name varchar,
    export varchar not null,
    sha256 varchar not null,
    size_bytes bigint not null,
    encoding varchar,
    delimiter varchar,
    header_line integer,
    rows_read bigint not null,
    rows_accepted bigint not null,
    rows_rejected bigint not null,
    rows_superseded bigint not null,
    rows_blank bigint not null,
    rows_footer bigint not null,
    check (rows_read = rows_accepted + rows_rejected + rows_superseded)
);
comment on table source_file is 'One row per file that was read.';
comment on column source_file.file_id is 'First 12 characters of the SHA-256 of the content.';
comment on column source_file.export is 'Which export it was recognised as: catalogue, teaching, enrolments, endorsements or funding.';
comment on column source_file.rows_read is 'Data rows; equals accepted + rejected + superseded. Blank rows and footers are counted apart.';

create table header (
    file_id varchar not null,
    position integer not null,
    header varchar not null,
    field varchar
);
comment on table header is 'One row per column of a file, as it was understood. field is empty where the column was ignored.';

create table rule (
    rule varchar primary key,
    outcome varchar not null check (outcome in ('reject', 'flag', 'supersede')),
    sentence_es varchar not null,
    sentence_va varchar not null,
    sentence_en varchar not null
);
comment on table rule is 'One row per rule that a row can break, with its sentence. {found} stands for what was found.';

create table rejection (
    row_key varchar not null,
    file_id varchar not null,
    line bigint not null,
    export varchar not null,
    field varchar,
    rule varchar not null,
    found varchar
);
comment on table rejection is 'One row per reason why a row is in no figure. A row may have several reasons.';
comment on column rejection.field is 'Our name of the field; the header of the file is in table header.';
comment on column rejection.found is 'What stood in the cell; empty where that would be personal data.';

create table flag (
    row_key varchar not null,
    file_id varchar not null,
    line bigint not null,
    export varchar not null,
    field varchar,
    rule varchar not null,
    found varchar
);
comment on table flag is 'One row per warning on a row that was accepted all the same.';

create table superseded (
    row_key varchar not null,
    file_id varchar not null,
    line bigint not null,
    export varchar not null,
    rule varchar not null,
    by_row_key varchar not null
);
comment on table superseded is 'One row per row that another row replaces: a later state of an enrolment, or an exact duplicate.';

create table edition (
    edition_id varchar primary key,
    course_id varchar not null,
    edition_number integer not null,
    academic_year varchar,
    title varchar not null,
    title_va varchar,
    title_says varchar check (title_says in ('cancelled', 'postponed')),
    modality varchar not null,
    channel varchar,
    delivery varchar not null check (delivery in ('in_person', 'online_sync', 'online_async', 'blended')),
    delivery_group varchar not null check (delivery_group in ('face_to_face', 'online', 'blended')),
    hours decimal(8, 2) not null,
    ects decimal(6, 2) not null,
    eqf_level integer,
    field varchar,
    enrolment_opens_on date,
    enrolment_closes_on date,
    starts_on date not null,
    ends_on date,
    cancelled_on date,
    places integer,
    places_min integer,
    price decimal(12, 2),
    campus varchar,
    centre varchar,
    department varchar,
    language varchar,
    entry_requirement varchar check (entry_requirement in ('open', 'prior_knowledge', 'degree')),
    is_funded boolean not null,
    is_digital_skills boolean not null,
    state varchar check (state in ('draft', 'published', 'open', 'running', 'finished', 'postponed', 'cancelled')),
    row_key varchar not null,
    unique (course_id, edition_number)
);
comment on table edition is 'One row per edition of a microcredential (course_id, edition_number).';
comment on column edition.edition_id is 'course_id/edition_number.';
comment on column edition.title is 'Without the cancellation or postponement written in front of it; that is title_says.';
comment on column edition.hours is 'Taught hours.';
comment on column edition.eqf_level is 'European Qualifications Framework, 1-8; MECES 1-4 is stored as 5-8.';
comment on column edition.field is 'ISCED-F 2013 code of four digits.';
comment on column edition.places is 'Empty when unknown or unlimited.';
comment on column edition.price is 'Full fee, EUR; empty when unknown.';

create table teaching (
    row_key varchar primary key,
    edition_id varchar not null,
    teacher_key varchar not null,
    hours decimal(8, 2),
    staff_type varchar not null
        check (staff_type in ('upv_academic', 'upv_other', 'external_academic', 'external_professional')),
    category varchar,
    department varchar,
    entity varchar,
    role varchar
);
comment on table teaching is 'One row per accepted row of the teaching export: a teacher in an edition. Hours of one teacher add up.';
comment on column teaching.teacher_key is 'Keyed hash (HMAC) of the id or document of the teacher.';
comment on column teaching.hours is 'Empty when not known.';

create table enrolment (
    enrolment_id varchar not null,
    edition_id varchar not null,
    person_key varchar not null,
    person_basis varchar not null check (person_basis in ('document', 'learner_id', 'enrolment')),
    gender varchar check (gender in ('woman', 'man', 'non_binary')),
    born_on date,
    nationality varchar,
    residence varchar,
    province varchar,
    education_level varchar,
    employment varchar,
    tariff varchar check (tariff in ('general', 'microcreds_70', 'reduced_100', 'group')),
    base_price decimal(12, 2),
    reduction_rate decimal(9, 6),
    reduction_amount decimal(12, 2),
    amount_due decimal(12, 2),
    amount_paid decimal(12, 2),
    applied_on date,
    enrolled_on date,
    paid_on date,
    cancelled_on date,
    state_on date,
    state varchar not null check (state in (
        'preregistered', 'admitted', 'waiting_list', 'payment_pending', 'enrolled',
        'cancelled', 'withdrawn', 'refunded', 'course_cancelled')),
    attendance decimal(5, 2),
    result varchar check (result in ('passed', 'failed', 'not_presented')),
    certified_on date,
    row_key varchar not null
);
comment on table enrolment is 'One row per enrolment, in its newest state.';
comment on column enrolment.enrolment_id is 'Unique.';
comment on column enrolment.person_key is 'Keyed hash (HMAC) of the normalised document, else of the learner id, else of the enrolment.';
comment on column enrolment.nationality is 'ISO 3166-1 alpha-2; empty when unknown.';
comment on column enrolment.residence is 'Country of residence, ISO 3166-1 alpha-2; empty when unknown.';
comment on column enrolment.province is 'First two digits of the postcode.';
comment on column enrolment.base_price is 'EUR before any reduction, as the export says it; empty when it does not.';
comment on column enrolment.reduction_rate is 'Share of the base price, 0-1.';
comment on column enrolment.attendance is 'Per cent, 0-100.';

create table endorsement (
    row_key varchar primary key,
    course_id varchar not null,
    entity varchar not null,
    entity_type varchar,
    collaboration_type varchar,
    signed_on date
);
comment on table endorsement is 'One row per endorsement of a course by a collaborating entity.';

create table funding_line (
    row_key varchar primary key,
    project varchar,
    line varchar,
    line_type varchar,
    course_id varchar,
    concept varchar,
    direction varchar check (direction in ('income', 'expense')),
    year integer,
    budgeted decimal(14, 2),
    committed decimal(14, 2),
    recognised decimal(14, 2),
    paid decimal(14, 2),
    reference_on date
);
comment on table funding_line is 'One row per accounting line of the grant; without course_id it belongs to the whole programme.';
