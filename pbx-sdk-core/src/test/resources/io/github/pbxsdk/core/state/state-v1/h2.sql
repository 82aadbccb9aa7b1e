CREATE SEQUENCE pbx_state_number START WITH 1006;
CREATE TABLE pbx_state (
    namespace VARBINARY(100) NOT NULL,
    entry_key VARBINARY(1000) NOT NULL,
    entry_value VARBINARY(65536) NOT NULL,
    version BIGINT NOT NULL,
    expires_millis BIGINT,
    PRIMARY KEY (namespace, entry_key));
CREATE INDEX pbx_state_expiry ON pbx_state (expires_millis);
CREATE TABLE pbx_lease (
    name VARBINARY(100) PRIMARY KEY,
    token BIGINT NOT NULL,
    ends_millis BIGINT NOT NULL);
CREATE TABLE pbx_format (name VARCHAR(40) PRIMARY KEY, version INT NOT NULL);
INSERT INTO pbx_format VALUES ('pbx-sdk-state', 1);
INSERT INTO pbx_state VALUES
    (STRINGTOUTF8('sms.sent'), STRINGTOUTF8('+4930123456'), STRINGTOUTF8('delivered'), 2, NULL),
    (STRINGTOUTF8('recordings'), STRINGTOUTF8('2026/11/21/Grüße 👋.wav'), X'00017f80ff', 3, 4951008000000),
    (STRINGTOUTF8('handled'), STRINGTOUTF8('17'), X'', 5, 1763712060000);
INSERT INTO pbx_lease VALUES (STRINGTOUTF8('pbx1'), 1, 1763715600000);
