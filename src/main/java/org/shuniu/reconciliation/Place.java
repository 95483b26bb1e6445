package org.shuniu.reconciliation;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** How far a listing of cases is: first what was sent, in the order in which it was settled, then what was named besides. */
sealed interface Place {

    /** After a delivery. */
    record Sent(Instant settledAt, UUID deliveryId) implements Place {
        @Override
        public String cursor() {
            return encoded("s", settledAt.toString(), deliveryId.toString());
        }
    }

    /** After a finding. */
    record Named(String kind, String messageId) implements Place {
        static final Named FIRST = new Named("", "");

        @Override
        public String cursor() {
            return encoded("n", kind, messageId);
        }
    }

    /** In one word, by which the listing goes on. */
    String cursor();

    /** Nothing where no listing gave this cursor. */
    static Optional<Place> of(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            String[] words = text.split(" ", -1);
            if (words.length != 3) {
                return Optional.empty();
            }
            return switch (words[0]) {
                case "s" -> Optional.of(new Sent(Instant.parse(words[1]), UUID.fromString(words[2])));
                case "n" -> Optional.of(new Named(words[1], words[2]));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException | DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static String encoded(String... words) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(" ", words).getBytes(StandardCharsets.UTF_8));
    }
}
