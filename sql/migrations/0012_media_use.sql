-- Which messages carry which media: who may read one of them may see it, and it stays as long as one
-- is left.
CREATE TABLE media_use (
  conversation_id BIGINT NOT NULL,
  seq             BIGINT NOT NULL, -- of the message
  media_id        BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, seq, media_id),
  KEY media (media_id, conversation_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
