package org.shuniu.handout;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.shuniu.contract.Contract.Name;
import org.shuniu.handout.Member.Kind;

/** XML Schema of messages and answers. */
final class XmlSchemas {

    private static final String ELEMENT = "xs:element";
    private static final String NAME = "name";

    private XmlSchemas() {}

    /** @param elements what is declared, each by its own {@code xs:element} */
    static String of(String namespace, Consumer<XmlText> elements) {
        return new XmlText()
                .element(
                        "xs:schema",
                        elements,
                        "xmlns:xs",
                        "http://www.w3.org/2001/XMLSchema",
                        "targetNamespace",
                        namespace,
                        "xmlns:c",
                        namespace)
                .toString();
    }

    static void declare(XmlText xml, Outgoing message) {
        xml.element(ELEMENT, in -> sequence(in, message.members()), NAME, message.root());
    }

    private static void sequence(XmlText xml, List<Member> members) {
        xml.element(
                "xs:complexType",
                type -> type.element("xs:sequence", in -> members.forEach(member -> declare(in, member))));
    }

    private static void declare(XmlText xml, Member member) {
        String least = member.required() ? "" : "0";
        switch (member.kind()) {
            case OPEN -> xml.empty(ELEMENT, NAME, member.name(), "minOccurs", least, "maxOccurs", "unbounded");
            case LIST ->
                xml.element(
                        ELEMENT,
                        in -> {
                            document(in, new Name(member.label(), ""));
                            sequence(in, member.parts());
                        },
                        NAME,
                        member.name(),
                        "minOccurs",
                        least,
                        "maxOccurs",
                        "unbounded");
            case NUMBER, TRUTH, TEXT ->
                xml.element(
                        ELEMENT,
                        in -> {
                            document(in, new Name(member.label(), ""));
                            if (member.kind() == Kind.TEXT) {
                                text(in, member);
                            } else {
                                restricted(in, member.kind() == Kind.NUMBER ? "xs:decimal" : "xs:boolean", none -> {});
                            }
                        },
                        NAME,
                        member.name(),
                        "minOccurs",
                        least);
        }
    }

    private static void text(XmlText xml, Member member) {
        restricted(xml, "xs:string", in -> {
            in.empty("xs:minLength", "value", "1");
            most(in, member.most());
            member.date().flatMap(TimePattern::regex).ifPresent(regex -> in.empty("xs:pattern", "value", regex));
            member.codes().ifPresent(codes -> codes.sent().forEach((code, meaning) -> code(in, code, meaning)));
        });
    }

    private static void restricted(XmlText xml, String base, Consumer<XmlText> facets) {
        xml.element("xs:simpleType", type -> type.element("xs:restriction", facets, "base", base));
    }

    private static void most(XmlText xml, int most) {
        if (most > 0) {
            xml.empty("xs:maxLength", "value", String.valueOf(most));
        }
    }

    private static void code(XmlText xml, String code, String meaning) {
        xml.element("xs:enumeration", in -> document(in, new Name(meaning, "")), "value", code);
    }

    private static void document(XmlText xml, Name words) {
        if (!words.zh().isEmpty() || !words.en().isEmpty()) {
            xml.element("xs:annotation", in -> {
                in.leaf("xs:documentation", words.zh(), "xml:lang", "zh");
                if (!words.en().isEmpty()) {
                    in.leaf("xs:documentation", words.en(), "xml:lang", "en");
                }
            });
        }
    }

    /**
     * The element of all answers. XML Schema can't say that one field needs another, so what only some answers need stands in words.
     *
     * @param occasions on which it is said
     */
    static void declare(XmlText xml, Answers answers, Collection<Occasion> occasions) {
        Set<String> always = always(answers, occasions);
        xml.element(
                ELEMENT,
                in -> {
                    document(in, new Name("各字段何时必填见 index.html", "index.html says which fields are needed when"));
                    in.element(
                            "xs:complexType",
                            type -> type.element(
                                    "xs:all",
                                    all -> answers.fields()
                                            .values()
                                            .forEach(said -> declare(all, said, always.contains(said.name())))));
                },
                NAME,
                XmlName.of(answers.codec()).local());
    }

    private static void declare(XmlText xml, Said said, boolean required) {
        xml.element(
                ELEMENT,
                in -> {
                    document(in, said.meaning());
                    type(in, said);
                },
                NAME,
                said.name(),
                "minOccurs",
                required ? "" : "0");
    }

    private static void type(XmlText xml, Said said) {
        switch (said.kind()) {
            case ORDER -> restricted(xml, "xs:nonNegativeInteger", none -> {});
            case TRUTH -> restricted(xml, "xs:boolean", none -> {});
            case OPEN ->
                xml.element(
                        "xs:complexType",
                        type -> type.element(
                                "xs:sequence",
                                in -> in.empty(
                                        "xs:any",
                                        "minOccurs",
                                        "0",
                                        "maxOccurs",
                                        "unbounded",
                                        "processContents",
                                        "lax")));
            case TEXT ->
                restricted(xml, "xs:string", in -> {
                    most(in, said.most());
                    said.pattern().ifPresent(regex -> in.empty("xs:pattern", "value", regex));
                    if (said.closed()) {
                        said.codes().forEach(code -> in.empty("xs:enumeration", "value", code.code()));
                    }
                });
        }
    }

    /** What every answer has: what each line asks for, or its document needs. */
    private static Set<String> always(Answers answers, Collection<Occasion> occasions) {
        Optional<Set<String>> shared = occasions.stream()
                .flatMap(occasion -> answers.on(occasion).stream()
                        .filter(fitting -> Answers.says(fitting.line(), occasion))
                        .map(fitting -> always(answers, occasion, fitting)))
                .reduce((one, other) -> {
                    Set<String> both = new TreeSet<>(one);
                    both.retainAll(other);
                    return both;
                });
        return shared.orElse(Set.of());
    }

    private static Set<String> always(Answers answers, Occasion occasion, Answers.Fitting fitting) {
        Set<String> needed = answers.needs(fitting.line(), occasion).stream()
                .filter(names -> names.size() == 1)
                .map(names -> names.get(0))
                .collect(Collectors.toCollection(TreeSet::new));
        fitting.parts().stream()
                .filter(part -> part.sign() != Condition.Sign.MISSING)
                .filter(part -> part.path().startsWith(Answers.OWN))
                .map(Answers::name)
                .forEach(needed::add);
        return needed;
    }
}
