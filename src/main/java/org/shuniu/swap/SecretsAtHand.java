package org.shuniu.swap;

import java.nio.file.Path;

/** Sees to it that the secrets are there that partners' files name; in a demo, new partners get theirs so. */
@FunctionalInterface
public interface SecretsAtHand {

    /** @param routes folder with the partners' files */
    void before(Path routes);
}
