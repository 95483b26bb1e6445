package org.shuniu.command;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shuniu.partner.PartnerDirectory;

/** Who hands in applications. */
final class Senders {

    private final PartnerDirectory partners;
    private final List<String> ids;
    private final @Nullable String asked;

    /**
     * @param ids of all that do
     * @param asked the one who is to
     */
    Senders(PartnerDirectory partners, List<String> ids, @Nullable String asked) {
        this.partners = partners;
        this.ids = asked == null ? ids : List.of(asked);
        this.asked = asked;
    }

    /** The first that may use a channel. */
    Optional<String> find(String channel) {
        return ids.stream()
                .filter(id -> partners.find(id)
                        .filter(partner -> partner.sending().mayUse(channel))
                        .isPresent())
                .findFirst();
    }

    /** Whoever was asked for hands it in whether he may or not: the hub says so. */
    String require(String channel) {
        return asked == null
                ? find(channel)
                        .orElseThrow(() -> new Unclear(
                                "--as: no partner that hands in applications may use channel %s, expected one that may"
                                        .formatted(channel)))
                : asked;
    }
}
