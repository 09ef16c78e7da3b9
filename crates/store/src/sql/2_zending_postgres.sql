-- Messages on their way out; what a hop said of one goes with its message.
CREATE TABLE zending (
    referentienummer TEXT PRIMARY KEY,
    vingerafdruk BYTEA NOT NULL UNIQUE REFERENCES bericht (vingerafdruk),
    soort TEXT NOT NULL,
    identificatie TEXT NOT NULL,
    moment TEXT NOT NULL,
    status TEXT NOT NULL,
    foutcode TEXT,
    omschrijving BYTEA,
    pogingen BIGINT NOT NULL
);
