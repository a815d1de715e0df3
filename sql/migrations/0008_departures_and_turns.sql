-- What somebody who left a group finds again when they come back.
CREATE TABLE former_member (
  conversation_id BIGINT NOT NULL,
  user_id         BIGINT NOT NULL,
  muted_until     BIGINT NOT NULL, -- leaving ends no mute
  cleared_seq     BIGINT NOT NULL, -- and brings back nothing that was cleared
  PRIMARY KEY (conversation_id, user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
