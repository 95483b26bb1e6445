package org.shuniu.handout;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.shuniu.mapping.AllowedField;

/** Says in one language what each field is for and on what legal basis it leaves. */
final class BasisSection {

    private final Office office;
    private final Language language;

    BasisSection(Office office, Language language) {
        this.office = office;
        this.language = language;
    }

    String text() {
        return Markdown.table(
                language == Language.ZH
                        ? List.of("字段", "内容", "用途", "依据", "事项", "期限")
                        : List.of("fields", "what", "purpose", "legal basis", "items", "days"),
                office.mappings().leaving(office.contract().partner()).stream()
                        .map(leaving -> row(leaving.allowed(), leaving.documents()))
                        .toList());
    }

    private List<String> row(AllowedField allowed, List<String> documents) {
        Set<String> names = new LinkedHashSet<>();
        office.messages().stream()
                .flatMap(message -> message.members().stream())
                .filter(member ->
                        !member.source().isEmpty() && (allowed.field() + ".").startsWith(member.source() + "."))
                .forEach(member -> names.add(Markdown.code(member.name())));
        Places places = new Places(office.mappings());
        String what = documents.stream()
                .map(document -> language.of(places.of(document, allowed.field())))
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse("");
        return List.of(
                language.list(List.copyOf(names)),
                Markdown.text(what),
                Markdown.text(allowed.purpose()),
                Markdown.text(allowed.basis()),
                Markdown.text(String.join(" ", new TreeSet<>(allowed.items()))),
                days(allowed));
    }

    private static String days(AllowedField allowed) {
        String from = allowed.validFrom().equals(LocalDate.MIN)
                ? ""
                : allowed.validFrom().toString();
        String to =
                allowed.validTo().equals(LocalDate.MAX) ? "" : allowed.validTo().toString();
        return from.isEmpty() && to.isEmpty() ? "" : Markdown.text(from + " – " + to);
    }
}
