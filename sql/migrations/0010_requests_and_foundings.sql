-- Somebody who had been proposed has asked themselves since; whoever proposed them waits, too.
ALTER TABLE group_request
  ADD COLUMN own_wish TINYINT NOT NULL DEFAULT 0;

-- Groups that were made with a key of the client's: asking for one again makes no second.
CREATE TABLE group_founding (
  founder_id BIGINT NOT NULL,
  client_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  draft      CHAR(64) CHARACTER SET ascii NOT NULL, -- a hash of what was asked for
  group_id   BIGINT NOT NULL,
  PRIMARY KEY (founder_id, client_key),
  CONSTRAINT group_founding_group FOREIGN KEY (group_id) REFERENCES chat_group (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
