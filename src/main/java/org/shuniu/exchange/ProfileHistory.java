package org.shuniu.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.shuniu.audit.AuditLog;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Json;
import org.shuniu.store.Pools;
import tools.jackson.databind.JsonNode;

/**
 * Every profile that came into force, with the line of the audit that says what changed. It is the hub that writes it, when it
 * takes a profile up: so it is told whoever changed the file and by what means, also while the hub stood still, and it says
 * since when the change counts.
 */
final class ProfileHistory {

    private record Last(int seq, String profile) {}

    private static final String ACTOR = "hub";
    private static final String LAST =
            "select seq, profile from exchange_profile where partner = ? order by seq desc limit 1";
    private static final String PARTNERS = "select distinct partner from exchange_profile";
    private static final String KEEP = """
            insert into exchange_profile (partner, seq, since, profile) values (?, ?, ?, ?) on conflict do nothing
            """;

    private final Pools.Door door;
    private final AuditLog audit;
    private final Clock clock;
    private Map<String, String> kept = Map.of();

    ProfileHistory(Pools.Door door, AuditLog audit, Clock clock) {
        this.door = door;
        this.audit = audit;
        this.clock = clock;
    }

    /** Writes down what is new, and goes to the database only then. */
    void keep(Map<String, ExchangeProfile> profiles) {
        Map<String, String> texts = new TreeMap<>();
        profiles.forEach(
                (partner, profile) -> texts.put(partner, Json.MAPPER.writeValueAsString(ProfileView.agreed(profile))));
        if (texts.equals(kept)) {
            return;
        }
        TreeSet<String> partners = new TreeSet<>(door.sql().queryForList(PARTNERS, String.class));
        partners.addAll(texts.keySet());
        for (String partner : partners) {
            door.transaction().executeWithoutResult(status -> keep(partner, texts.get(partner)));
        }
        kept = texts;
    }

    /** Of several processes that take up the same profile one writes it down. */
    private void keep(String partner, String now) {
        Last last = door
                .sql()
                .query(LAST, (row, number) -> new Last(row.getInt("seq"), row.getString("profile")), partner)
                .stream()
                .findFirst()
                .orElse(new Last(0, null));
        if (Objects.equals(last.profile(), now)) {
            return;
        }
        int written = door.sql().update(KEEP, partner, last.seq() + 1, CaseFiles.utc(clock.instant()), now);
        if (written == 1) {
            audit.record(ACTOR, "exchange-profile", partner, change(last.profile(), now));
        }
    }

    /** What an operator wants to know of a change, in his words. */
    static String change(String before, String now) {
        if (now == null) {
            return "it is no region any more";
        }
        JsonNode old = before == null ? Json.object() : Json.MAPPER.readTree(before);
        JsonNode fresh = Json.MAPPER.readTree(now);
        List<String> words = new ArrayList<>();
        words.add("version " + fresh.path("version").asInt(0));
        compare("key", keys(old), keys(fresh), words);
        compare("certificate", texts(old, "certificates"), texts(fresh, "certificates"), words);
        for (String name :
                List.of("party", "base", "allow", "limits", "order", "windowSeconds", "directions", "contact")) {
            if (!old.path(name).equals(fresh.path(name))) {
                // The audit is kept for ever, and a contact may be a person.
                words.add(name.equals("contact") ? "contact: changed" : "%s: %s".formatted(name, fresh.path(name)));
            }
        }
        return String.join("; ", words);
    }

    private static void compare(String what, Map<String, String> before, Map<String, String> now, List<String> words) {
        now.forEach((name, said) -> {
            if (!said.equals(before.get(name))) {
                words.add("%s %s: %s".formatted(what, name, said));
            }
        });
        before.keySet().stream()
                .filter(name -> !now.containsKey(name))
                .forEach(name -> words.add("%s %s: taken out".formatted(what, name)));
    }

    private static Map<String, String> keys(JsonNode profile) {
        Map<String, String> keys = new TreeMap<>();
        for (JsonNode key : profile.path("keys")) {
            String state = key.has("removedAt")
                    ? "removed at " + key.path("removedAt").asString("")
                    : "%s, for %s, from %s until %s"
                            .formatted(
                                    key.path("algorithm").asString(""),
                                    key.path("purpose"),
                                    key.path("notBefore").asString(""),
                                    key.path("notAfter").asString(""));
            // Another key under the same name would be told by its digest.
            String digest = ExchangeProfile.fingerprint(
                    key.path("publicKey").asString("").getBytes(StandardCharsets.US_ASCII));
            keys.put(key.path("keyid").asString(""), state + ", PEM " + digest.substring(0, 16));
        }
        return keys;
    }

    private static Map<String, String> texts(JsonNode profile, String name) {
        Map<String, String> texts = new TreeMap<>();
        profile.path(name).forEach(text -> texts.put(text.asString(""), "may be shown"));
        return texts;
    }
}
