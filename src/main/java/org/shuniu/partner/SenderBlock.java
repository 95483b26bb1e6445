package org.shuniu.partner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.shuniu.fault.BlockReader;
import org.shuniu.fault.Fault;

/** Reads the key {@code sender} of a partner.yaml; without it a sender may use every channel and shows no certificates. */
final class SenderBlock {

    private static final String SENDER = "sender";
    private static final Set<String> KEYS = Set.of("channels", "centres", "showing");
    private static final Set<String> CHANNELS = Set.of("1", "2", "3", "4", "9");

    private final BlockReader block;

    SenderBlock(BlockReader block) {
        this.block = block;
    }

    Sending read() {
        if (block.has(SENDER)) {
            block.requireKeys(SENDER, KEYS);
        }
        Set<String> channels = new HashSet<>(block.strings(SENDER, "channels"));
        if (!CHANNELS.containsAll(channels)) {
            block.fault("sender.channels", "an unknown channel", "codes of GB/T 39046 A.5: 1, 2, 3, 4, 9");
        }
        return new Sending(
                channels, Optional.ofNullable(block.at(SENDER, "centres").asString(null)), showing());
    }

    private Optional<Sending.Showing> showing() {
        String word = block.at(SENDER, "showing").asString("");
        for (Sending.Showing part : Sending.Showing.values()) {
            if (part.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(part);
            }
        }
        if (!word.isEmpty()) {
            block.fault("sender.showing", "another word", "issues or exchanges");
        }
        return Optional.empty();
    }

    /** Whoever sends cases to centres does it through a partner that exists. */
    static List<Fault> unmatched(Collection<Partner> partners, Set<String> known, Function<String, Path> files) {
        List<Fault> faults = new ArrayList<>();
        for (Partner partner : partners) {
            partner.sending()
                    .centres()
                    .filter(desk -> !known.contains(desk))
                    .ifPresent(desk -> faults.add(Fault.ofKey(
                            files.apply(partner.id()), "sender.centres", "found " + desk, "a partner's id")));
        }
        return faults;
    }
}
