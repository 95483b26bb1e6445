package org.shuniu.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.shuniu.fault.Fault;
import org.shuniu.fault.YamlLines;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where an example's target first says something else than the mapping writes. What stands there is not told: it may be a person's.
 *
 * @param place the path of names and numbers of items; empty in a target that is no JSON
 */
record Difference(long line, String place) {

    private static final Pattern PART = Pattern.compile("<[^>]*>|[^<]+");

    static Difference between(Path target, String written) throws IOException {
        String text = Files.readString(target);
        if (target.toString().endsWith(".xml")) {
            return new Difference(lineOfMarkup(text, written), "");
        }
        if (!target.toString().endsWith(".json")) {
            return new Difference(line(text.lines().toList(), written.lines().toList()), "");
        }
        List<Object> at = new ArrayList<>();
        descend(JsonMapper.shared().readTree(text), JsonMapper.shared().readTree(written), at);
        return new Difference(
                Math.max(1, YamlLines.of(text).line(at)),
                at.stream().map(Object::toString).collect(Collectors.joining(".")));
    }

    private static long line(List<String> said, List<String> written) {
        int line = 0;
        while (line < said.size()
                && line < written.size()
                && said.get(line).strip().equals(written.get(line).strip())) {
            line++;
        }
        return Math.max(1, Math.min(line + 1, said.size()));
    }

    /** However it is broken into lines. */
    private static long lineOfMarkup(String said, String written) {
        List<MatchResult> ours = parts(said);
        List<MatchResult> theirs = parts(written);
        int part = 0;
        while (part < ours.size()
                && part < theirs.size()
                && ours.get(part)
                        .group()
                        .strip()
                        .equals(theirs.get(part).group().strip())) {
            part++;
        }
        int at = part < ours.size() ? ours.get(part).start() : said.length();
        return 1
                + said.substring(0, at)
                        .stripTrailing()
                        .chars()
                        .filter(letter -> letter == '\n')
                        .count();
    }

    private static List<MatchResult> parts(String markup) {
        return PART.matcher(markup)
                .results()
                .filter(part -> !part.group().isBlank() && !part.group().startsWith("<?"))
                .toList();
    }

    /** JSON keeps the order of names; a name that one of both lacks is told by itself. */
    private static void descend(JsonNode said, JsonNode written, List<Object> at) {
        TreeSet<String> names = new TreeSet<>(said.propertyNames());
        names.addAll(written.propertyNames());
        for (String name : names) {
            if (!said.path(name).equals(written.path(name))) {
                at.add(name);
                descend(said.path(name), written.path(name), at);
                return;
            }
        }
        for (int i = 0; said.isArray() && i < Math.max(said.size(), written.size()); i++) {
            if (!said.path(i).equals(written.path(i))) {
                at.add(i);
                descend(said.path(i), written.path(i), at);
                return;
            }
        }
    }

    Fault fault(Path target, String cure) {
        return new Fault(target.toString(), line, place, "the mapping writes something else here", cure);
    }
}
