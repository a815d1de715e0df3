-- A conversation is one numbered stream.  All keys of its rows start with its id.
CREATE TABLE conversation (
  id               BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind             VARCHAR(8) CHARACTER SET ascii NOT NULL,  -- direct | group
  direct_key       VARCHAR(41) CHARACTER SET ascii NULL,     -- "<smaller id>:<larger id>"
  last_seq         BIGINT NOT NULL DEFAULT 0,
  last_ordinal     BIGINT NOT NULL DEFAULT 0,
  last_message_seq BIGINT NOT NULL DEFAULT 0,                -- the latest row that a person reads
  member_version   BIGINT NOT NULL DEFAULT 0,
  created_at       BIGINT NOT NULL,
  updated_at       BIGINT NOT NULL,
  UNIQUE KEY direct_key (direct_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE member (
  conversation_id BIGINT NOT NULL,
  user_id         BIGINT NOT NULL,
  join_seq        BIGINT NOT NULL DEFAULT 0, -- sees rows above this one
  read_seq        BIGINT NOT NULL DEFAULT 0,
  read_ordinal    BIGINT NOT NULL DEFAULT 0,
  delivered_seq   BIGINT NOT NULL DEFAULT 0,
  cleared_seq     BIGINT NOT NULL DEFAULT 0, -- hides the past for this member only
  pinned          TINYINT NOT NULL DEFAULT 0,
  notify          TINYINT NOT NULL DEFAULT 1,
  hidden_seq      BIGINT NULL,               -- not listed until a message above this one comes
  joined_at       BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, user_id),
  KEY user_id (user_id, conversation_id),
  CONSTRAINT member_user FOREIGN KEY (user_id) REFERENCES user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE message (
  conversation_id BIGINT NOT NULL,
  seq             BIGINT NOT NULL,
  ordinal         BIGINT NOT NULL, -- readable rows up to and including this one
  sender_id       BIGINT NOT NULL,
  client_key      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind            VARCHAR(10) CHARACTER SET ascii NOT NULL,
  body            LONGTEXT NULL,   -- JSON object; NULL after a recall
  reply_to        BIGINT NULL,
  mentions        TEXT NULL,       -- JSON list of user ids
  created_at      BIGINT NOT NULL,
  edited_at       BIGINT NULL,
  recalled_at     BIGINT NULL,
  PRIMARY KEY (conversation_id, seq),
  UNIQUE KEY client_key (conversation_id, sender_id, client_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
