-- The tables of a FreePBX 16 that tests read, run at each start. Names, types and indexes are the PBX's.
CREATE DATABASE IF NOT EXISTS asteriskcdrdb CHARACTER SET utf8mb4;
CREATE DATABASE IF NOT EXISTS asterisk CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS 'lab'@'127.0.0.1' IDENTIFIED BY 'lab-secret';
CREATE USER IF NOT EXISTS 'reader'@'127.0.0.1' IDENTIFIED BY 'reader-secret';
CREATE USER IF NOT EXISTS 'lab'@'localhost' IDENTIFIED BY 'lab-secret';
CREATE USER IF NOT EXISTS 'reader'@'localhost' IDENTIFIED BY 'reader-secret';
GRANT ALL ON *.* TO 'lab'@'127.0.0.1';
GRANT ALL ON *.* TO 'lab'@'localhost';
GRANT SELECT ON asteriskcdrdb.* TO 'reader'@'127.0.0.1';
GRANT SELECT ON asterisk.* TO 'reader'@'127.0.0.1';
GRANT SELECT ON asteriskcdrdb.* TO 'reader'@'localhost';
GRANT SELECT ON asterisk.* TO 'reader'@'localhost';
CREATE TABLE IF NOT EXISTS asteriskcdrdb.cdr (
  calldate datetime NOT NULL DEFAULT '1970-01-01 00:00:00',
  clid varchar(80) NOT NULL DEFAULT '',
  src varchar(80) NOT NULL DEFAULT '',
  dst varchar(80) NOT NULL DEFAULT '',
  dcontext varchar(80) NOT NULL DEFAULT '',
  channel varchar(80) NOT NULL DEFAULT '',
  dstchannel varchar(80) NOT NULL DEFAULT '',
  lastapp varchar(80) NOT NULL DEFAULT '',
  lastdata varchar(80) NOT NULL DEFAULT '',
  duration int(11) NOT NULL DEFAULT 0,
  billsec int(11) NOT NULL DEFAULT 0,
  disposition varchar(45) NOT NULL DEFAULT '',
  amaflags int(11) NOT NULL DEFAULT 0,
  accountcode varchar(20) NOT NULL DEFAULT '',
  uniqueid varchar(32) NOT NULL DEFAULT '',
  userfield varchar(255) NOT NULL DEFAULT '',
  did varchar(50) NOT NULL DEFAULT '',
  recordingfile varchar(255) NOT NULL DEFAULT '',
  cnum varchar(80) NOT NULL DEFAULT '',
  cnam varchar(80) NOT NULL DEFAULT '',
  outbound_cnum varchar(80) NOT NULL DEFAULT '',
  outbound_cnam varchar(80) NOT NULL DEFAULT '',
  dst_cnam varchar(80) NOT NULL DEFAULT '',
  linkedid varchar(32) NOT NULL DEFAULT '',
  peeraccount varchar(80) NOT NULL DEFAULT '',
  sequence int(11) NOT NULL DEFAULT 0,
  KEY calldate (calldate), KEY dst (dst), KEY uniqueid (uniqueid), KEY did (did),
  KEY recordingfile (recordingfile(191))
) ENGINE=InnoDB;
CREATE TABLE IF NOT EXISTS asteriskcdrdb.cel (
  id int(11) NOT NULL AUTO_INCREMENT,
  eventtype varchar(30) NOT NULL DEFAULT '',
  eventtime datetime NOT NULL DEFAULT '1970-01-01 00:00:00',
  cid_name varchar(80) NOT NULL DEFAULT '',
  cid_num varchar(80) NOT NULL DEFAULT '',
  cid_ani varchar(80) NOT NULL DEFAULT '',
  cid_rdnis varchar(80) NOT NULL DEFAULT '',
  cid_dnid varchar(80) NOT NULL DEFAULT '',
  exten varchar(80) NOT NULL DEFAULT '',
  context varchar(80) NOT NULL DEFAULT '',
  channame varchar(80) NOT NULL DEFAULT '',
  appname varchar(80) NOT NULL DEFAULT '',
  appdata varchar(1024) NOT NULL DEFAULT '',
  amaflags int(11) NOT NULL DEFAULT 0,
  accountcode varchar(20) NOT NULL DEFAULT '',
  uniqueid varchar(32) NOT NULL DEFAULT '',
  linkedid varchar(32) NOT NULL DEFAULT '',
  peer varchar(80) NOT NULL DEFAULT '',
  userdeftype varchar(255) NOT NULL DEFAULT '',
  extra varchar(512) NOT NULL DEFAULT '',
  PRIMARY KEY (id), KEY uniqueid_index (uniqueid), KEY linkedid_index (linkedid)
) ENGINE=InnoDB;
CREATE TABLE IF NOT EXISTS asterisk.sms_messages (
  id int(11) NOT NULL AUTO_INCREMENT,
  `from` varchar(20) NOT NULL DEFAULT '',
  `to` varchar(20) NOT NULL DEFAULT '',
  cnam varchar(40) NOT NULL DEFAULT '',
  direction enum('in','out') NOT NULL DEFAULT 'in',
  tx_rx_datetime datetime NOT NULL DEFAULT '1970-01-01 00:00:00',
  body varchar(1600) NOT NULL DEFAULT '',
  delivered tinyint(1) NOT NULL DEFAULT 0,
  `read` tinyint(1) NOT NULL DEFAULT 0,
  adaptor varchar(45) NOT NULL DEFAULT '',
  emid varchar(255) DEFAULT NULL,
  threadid varchar(50) NOT NULL DEFAULT '',
  didid int(11) DEFAULT NULL,
  timestamp int(11) DEFAULT NULL,
  PRIMARY KEY (id), KEY threadid (threadid), KEY didid (didid)
) ENGINE=InnoDB;
CREATE TABLE IF NOT EXISTS asterisk.sms_dids (
  id int(11) NOT NULL AUTO_INCREMENT,
  did varchar(40) NOT NULL DEFAULT '',
  PRIMARY KEY (id), UNIQUE KEY did (did)
) ENGINE=InnoDB;
CREATE TABLE IF NOT EXISTS asterisk.sms_routing (
  did varchar(40) NOT NULL DEFAULT '',
  uid int(11) NOT NULL DEFAULT 0,
  accepter varchar(45) NOT NULL DEFAULT '',
  adaptor varchar(45) NOT NULL DEFAULT '',
  didid int(11) DEFAULT NULL
) ENGINE=InnoDB;
CREATE TABLE IF NOT EXISTS asterisk.sms_media (
  id int(11) NOT NULL AUTO_INCREMENT,
  mid int(11) NOT NULL DEFAULT 0,
  name varchar(255) NOT NULL DEFAULT '',
  raw longblob,
  PRIMARY KEY (id), KEY mid (mid)
) ENGINE=InnoDB;
