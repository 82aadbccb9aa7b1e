CREATE SEQUENCE pbx_state_number START WITH 1006;
CREATE TABLE pbx_state (
    namespace BYTEA NOT NULL,
    entry_key BYTEA NOT NULL,
    entry_value BYTEA NOT NULL,
    version BIGINT NOT NULL,
    expires_millis BIGINT,
    PRIMARY KEY (namespace, entry_key));
CREATE INDEX pbx_state_expiry ON pbx_state (expires_millis);
CREATE TABLE pbx_lease (
    name BYTEA PRIMARY KEY,
    token BIGINT NOT NULL,
    ends_millis BIGINT NOT NULL);
CREATE TABLE pbx_format (name VARCHAR(40) PRIMARY KEY, version INT NOT NULL);
INSERT INTO pbx_format VALUES ('pbx-sdk-state', 1);
INSERT INTO pbx_state VALUES
    (convert_to('sms.sent', 'UTF8'), convert_to('+4930123456', 'UTF8'), convert_to('delivered', 'UTF8'), 2, NULL),
    (convert_to('recordings', 'UTF8'), convert_to('2026/11/21/Grüße 👋.wav', 'UTF8'), '\x00017f80ff', 3, 4951008000000),
    (convert_to('handled', 'UTF8'), convert_to('17', 'UTF8'), '', 5, 1763712060000);
INSERT INTO pbx_lease VALUES (convert_to('pbx1', 'UTF8'), 1, 1763715600000);
