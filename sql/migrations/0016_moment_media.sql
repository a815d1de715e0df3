-- What posts show: who may see one of these posts may see it, and it stays as long as one is left.
CREATE TABLE moment_media (
  moment_id BIGINT NOT NULL,
  position  TINYINT NOT NULL, -- from 1
  media_id  BIGINT NOT NULL,
  PRIMARY KEY (moment_id, position),
  KEY media (media_id, moment_id),
  CONSTRAINT moment_media_moment FOREIGN KEY (moment_id) REFERENCES moment (id),
  CONSTRAINT moment_media_media FOREIGN KEY (media_id) REFERENCES media (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- The picture above what somebody has posted.
CREATE TABLE moment_cover (
  user_id  BIGINT NOT NULL,
  media_id BIGINT NOT NULL,
  PRIMARY KEY (user_id),
  KEY media (media_id, user_id),
  CONSTRAINT moment_cover_user FOREIGN KEY (user_id) REFERENCES user (id),
  CONSTRAINT moment_cover_media FOREIGN KEY (media_id) REFERENCES media (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
