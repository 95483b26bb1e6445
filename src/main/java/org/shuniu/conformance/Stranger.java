package org.shuniu.conformance;

import java.util.Optional;
import java.util.Set;
import org.shuniu.partner.Partner;
import org.shuniu.partner.Partner.Authentication;
import org.shuniu.partner.Secrets;

/** Secrets of which the one is wrong by which an office knows the hub. */
record Stranger(Secrets real, String wrong) implements Secrets {

    private static final String NOBODYS = "nobody-has-this-secret";

    /** Of a partner that knows the hub by a secret. */
    static Optional<Secrets> of(Partner partner, Secrets secrets) {
        return partner.queues()
                .map(Partner.Queues::password)
                .or(() -> secret(partner.authentication()))
                .map(name -> new Stranger(secrets, name));
    }

    private static Optional<String> secret(Authentication shown) {
        if (shown instanceof Authentication.Bearer bearer) {
            return Optional.of(bearer.secret());
        }
        if (shown instanceof Authentication.ClientCredentials client) {
            return Optional.of(client.secret());
        }
        if (shown instanceof Authentication.Login login) {
            return Optional.of(login.password());
        }
        if (shown instanceof Authentication.Form form) {
            return Optional.of(form.secret());
        }
        if (shown instanceof Authentication.Password password) {
            return Optional.of(password.secret());
        }
        return shown instanceof Authentication.Signature signature ? Optional.of(signature.secret()) : Optional.empty();
    }

    @Override
    public Optional<String> find(String name) {
        return name.equals(wrong) ? Optional.of(NOBODYS) : real.find(name);
    }

    @Override
    public Set<String> names() {
        return real.names();
    }
}
