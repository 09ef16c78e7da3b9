-- The schema on PostgreSQL, 13 or later.
CREATE TABLE meta (sleutel TEXT PRIMARY KEY, waarde TEXT NOT NULL);

-- What happened. Only appended to; each row carries the hash of the row before it.
CREATE TABLE logboek (
    volgnummer BIGINT PRIMARY KEY,
    stroom TEXT NOT NULL,
    versie BIGINT NOT NULL,
    soort TEXT NOT NULL,
    gebeurd_op TEXT NOT NULL,
    vastgelegd TEXT NOT NULL,
    actor TEXT NOT NULL,
    inhoud TEXT NOT NULL,
    formaat BIGINT NOT NULL,
    vorige_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    UNIQUE (stroom, versie)
);
CREATE FUNCTION alleen_aanvullen() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'de tabel % wordt alleen aangevuld', TG_TABLE_NAME; END $$;
CREATE TRIGGER logboek_niet_wijzigen BEFORE UPDATE OR DELETE ON logboek
    FOR EACH ROW EXECUTE FUNCTION alleen_aanvullen();
CREATE TRIGGER logboek_niet_legen BEFORE TRUNCATE ON logboek
    FOR EACH STATEMENT EXECUTE FUNCTION alleen_aanvullen();

-- The wrapped key of each client; empty once the client was erased.
CREATE TABLE sleutel (client BIGINT PRIMARY KEY, verpakt BYTEA);
CREATE TABLE persoon (
    client BIGINT PRIMARY KEY REFERENCES sleutel (client),
    bsn_index BYTEA UNIQUE,
    verzegeld BYTEA NOT NULL
);
CREATE TABLE tekst (
    client BIGINT NOT NULL REFERENCES sleutel (client),
    soort TEXT NOT NULL,
    sleutel TEXT NOT NULL,
    moment TEXT NOT NULL,
    verzegeld BYTEA NOT NULL,
    PRIMARY KEY (client, soort, sleutel)
);
-- Raw messages; key and contents are empty once one of its clients was erased.
CREATE TABLE bericht (
    vingerafdruk BYTEA PRIMARY KEY,
    moment TEXT NOT NULL,
    verpakt BYTEA,
    naam BYTEA,
    inhoud BYTEA
);
CREATE TABLE bericht_client (
    vingerafdruk BYTEA NOT NULL REFERENCES bericht (vingerafdruk),
    client BIGINT NOT NULL,
    PRIMARY KEY (client, vingerafdruk)
);
CREATE TABLE medewerkernaam (medewerker BIGINT PRIMARY KEY, verzegeld BYTEA NOT NULL);

CREATE TABLE account (
    naam TEXT PRIMARY KEY,
    wachtwoord TEXT NOT NULL,
    medewerker BIGINT NOT NULL,
    geblokkeerd BIGINT NOT NULL
);
-- Moments in whole seconds since 1970, so that they can be compared.
CREATE TABLE sessie (
    token_hash BYTEA PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (naam),
    duur BIGINT NOT NULL,
    verloopt BIGINT NOT NULL,
    uiterlijk BIGINT NOT NULL
);
CREATE TABLE inrichtingscode (code_hash BYTEA PRIMARY KEY);

-- Who looked at or did what. Only appended to.
CREATE TABLE inzage (
    volgnummer BIGINT PRIMARY KEY,
    moment TEXT NOT NULL,
    account TEXT NOT NULL,
    medewerker BIGINT NOT NULL,
    client BIGINT,
    handeling TEXT NOT NULL,
    grond TEXT NOT NULL
);
CREATE INDEX inzage_client ON inzage (client, volgnummer);
CREATE TRIGGER inzage_niet_wijzigen BEFORE UPDATE OR DELETE ON inzage
    FOR EACH ROW EXECUTE FUNCTION alleen_aanvullen();
CREATE TRIGGER inzage_niet_legen BEFORE TRUNCATE ON inzage
    FOR EACH STATEMENT EXECUTE FUNCTION alleen_aanvullen();
