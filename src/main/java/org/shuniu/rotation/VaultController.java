package org.shuniu.rotation;

import java.security.Principal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The operators' entry to the keys; it shows ids and counts, never a key or a value. */
@RestController
@RequestMapping("/ops/v1/vault")
final class VaultController {

    /** A key as operators see it: its secret may be removed once it is not needed. */
    record Key(int id, String secret, boolean present, boolean needed, Instant retiredAt, Instant cleanSince) {}

    private final KeyRotation rotation;
    private final Resealing resealing;

    VaultController(KeyRotation rotation, Resealing resealing) {
        this.rotation = rotation;
        this.resealing = resealing;
    }

    @GetMapping
    Map<String, Object> state() {
        List<Key> keys = rotation.entries().stream().map(this::key).toList();
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("currentKey", rotation.vault().current());
        state.put("keys", keys);
        state.put("months", rotation.months().entries());
        resealing.record().run().ifPresent(run -> {
            state.put("reseal", run);
            state.put("places", resealing.record().progress());
        });
        return state;
    }

    private Key key(KeyRegister.Entry entry) {
        return new Key(
                entry.id(),
                MasterKeys.secret(entry.id()),
                rotation.vault().ids().contains(entry.id()),
                entry.needed(),
                entry.retiredAt(),
                entry.cleanSince());
    }

    @PostMapping("/rotate")
    Map<String, Object> rotate(Principal operator) {
        try {
            return Map.of("currentKey", rotation.rotate(operator.getName()));
        } catch (KeysRefused refused) {
            throw new SubmissionRefused(Problem.of("state-conflict", 409, refused.getMessage()));
        }
    }

    @PostMapping("/reseal")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, Object> reseal(Principal operator) {
        resealing.begin(operator.getName());
        return Map.of("toKey", rotation.vault().current());
    }
}
