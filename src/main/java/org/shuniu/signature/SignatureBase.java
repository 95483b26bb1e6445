package org.shuniu.signature;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The text that is signed (RFC 9421, section 2.5). */
final class SignatureBase {

    private SignatureBase() {}

    /** @throws SignatureRefused for a component that the message does not have, that stands twice, or that is not understood */
    static String of(SignedMessage message, StructuredField.InnerList covered) {
        StringBuilder base = new StringBuilder(512);
        for (String name : names(covered)) {
            String value = message.component(name)
                    .orElseThrow(() -> new SignatureRefused(
                            "signature-invalid",
                            "The signature covers a component that the message does not have: " + name));
            if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
                throw new SignatureRefused("signature-invalid", "A covered component holds an end of line");
            }
            base.append('"').append(name).append("\": ").append(value).append('\n');
        }
        return base.append("\"@signature-params\": ").append(covered.text()).toString();
    }

    /** The names of the covered components; parameters of components are not used in this protocol. */
    static List<String> names(StructuredField.InnerList covered) {
        Set<String> seen = new HashSet<>();
        return covered.items().stream()
                .map(item -> {
                    if (!(item.value() instanceof String name)
                            || !item.parameters().isEmpty()
                            || !name.matches("@?[a-z0-9-]{1,64}")) {
                        throw new SignatureRefused(
                                "signature-invalid",
                                "A covered component must be a lower-case name in quotation marks, without parameters");
                    }
                    if (!seen.add(name)) {
                        throw new SignatureRefused("signature-invalid", "A component is covered twice: " + name);
                    }
                    return name;
                })
                .toList();
    }

    /** A field's octets came as one character each. */
    static byte[] bytes(String base) {
        return base.getBytes(StandardCharsets.ISO_8859_1);
    }
}
