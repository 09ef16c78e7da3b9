-- The schema on SQLite. STRICT: a column holds its own type and nothing else.
CREATE TABLE meta (sleutel TEXT PRIMARY KEY, waarde TEXT NOT NULL) STRICT;

-- What happened. Only appended to; each row carries the hash of the row before it.
CREATE TABLE logboek (
    volgnummer INTEGER PRIMARY KEY,
    stroom TEXT NOT NULL,
    versie INTEGER NOT NULL,
    soort TEXT NOT NULL,
    gebeurd_op TEXT NOT NULL,
    vastgelegd TEXT NOT NULL,
    actor TEXT NOT NULL,
    inhoud TEXT NOT NULL,
    formaat INTEGER NOT NULL,
    vorige_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE (stroom, versie)
) STRICT;
CREATE TRIGGER logboek_niet_wijzigen BEFORE UPDATE ON logboek
    BEGIN SELECT RAISE(ABORT, 'het logboek wordt alleen aangevuld'); END;
CREATE TRIGGER logboek_niet_wissen BEFORE DELETE ON logboek
    BEGIN SELECT RAISE(ABORT, 'het logboek wordt alleen aangevuld'); END;
-- REPLACE would delete without asking the trigger above.
CREATE TRIGGER logboek_niet_vervangen BEFORE INSERT ON logboek
    WHEN EXISTS (SELECT 1 FROM logboek WHERE volgnummer = NEW.volgnummer)
    BEGIN SELECT RAISE(ABORT, 'het logboek wordt alleen aangevuld'); END;

-- The wrapped key of each client; empty once the client was erased.
CREATE TABLE sleutel (client INTEGER PRIMARY KEY, verpakt BLOB) STRICT;
CREATE TABLE persoon (
    client INTEGER PRIMARY KEY REFERENCES sleutel (client),
    bsn_index BLOB UNIQUE,
    verzegeld BLOB NOT NULL
) STRICT;
CREATE TABLE tekst (
    client INTEGER NOT NULL REFERENCES sleutel (client),
    soort TEXT NOT NULL,
    sleutel TEXT NOT NULL,
    moment TEXT NOT NULL,
    verzegeld BLOB NOT NULL,
    PRIMARY KEY (client, soort, sleutel)
) STRICT;
-- Raw messages; key and contents are empty once one of its clients was erased.
CREATE TABLE bericht (
    vingerafdruk BLOB PRIMARY KEY,
    moment TEXT NOT NULL,
    verpakt BLOB,
    naam BLOB,
    inhoud BLOB
) STRICT;
CREATE TABLE bericht_client (
    vingerafdruk BLOB NOT NULL REFERENCES bericht (vingerafdruk),
    client INTEGER NOT NULL,
    PRIMARY KEY (client, vingerafdruk)
) STRICT;
CREATE TABLE medewerkernaam (medewerker INTEGER PRIMARY KEY, verzegeld BLOB NOT NULL) STRICT;

CREATE TABLE account (
    naam TEXT PRIMARY KEY,
    wachtwoord TEXT NOT NULL,
    medewerker INTEGER NOT NULL,
    geblokkeerd INTEGER NOT NULL
) STRICT;
-- Moments in whole seconds since 1970, so that they can be compared.
CREATE TABLE sessie (
    token_hash BLOB PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (naam),
    duur INTEGER NOT NULL,
    verloopt INTEGER NOT NULL,
    uiterlijk INTEGER NOT NULL
) STRICT;
CREATE TABLE inrichtingscode (code_hash BLOB PRIMARY KEY) STRICT;

-- Who looked at or did what. Only appended to.
CREATE TABLE inzage (
    volgnummer INTEGER PRIMARY KEY,
    moment TEXT NOT NULL,
    account TEXT NOT NULL,
    medewerker INTEGER NOT NULL,
    client INTEGER,
    handeling TEXT NOT NULL,
    grond TEXT NOT NULL
) STRICT;
CREATE INDEX inzage_client ON inzage (client, volgnummer);
CREATE TRIGGER inzage_niet_wijzigen BEFORE UPDATE ON inzage
    BEGIN SELECT RAISE(ABORT, 'het inzagelogboek wordt alleen aangevuld'); END;
CREATE TRIGGER inzage_niet_wissen BEFORE DELETE ON inzage
    BEGIN SELECT RAISE(ABORT, 'het inzagelogboek wordt alleen aangevuld'); END;
CREATE TRIGGER inzage_niet_vervangen BEFORE INSERT ON inzage
    WHEN EXISTS (SELECT 1 FROM inzage WHERE volgnummer = NEW.volgnummer)
    BEGIN SELECT RAISE(ABORT, 'het inzagelogboek wordt alleen aangevuld'); END;
