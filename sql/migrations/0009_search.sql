-- What the messages of a conversation contain, 32 rows of its stream at a time: a Bloom filter of
-- their terms (lib/search_filter.h).  Filled after the answers, or by whoever searches; a row can be
-- made again at any time, and a conversation without rows is only not indexed yet.
CREATE TABLE search_block (
  conversation_id BIGINT NOT NULL,
  block           BIGINT NOT NULL, -- seq DIV 32
  version         BIGINT NOT NULL, -- changes up to this seq are in it; of the last block: all rows up to it are indexed
  oldest          BIGINT NOT NULL, -- its rows were sent between these times
  latest          BIGINT NOT NULL,
  filter          VARBINARY(8192) NOT NULL,
  PRIMARY KEY (conversation_id, block)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
