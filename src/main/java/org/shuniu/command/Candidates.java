package org.shuniu.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.shuniu.rehearsal.CandidateFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Brings the files of a partner's mappings to a hub, and back. */
final class Candidates {

    private Candidates() {}

    /** @param folder of all mappings */
    static ObjectNode request(Path folder, String partner) throws IOException {
        ObjectNode request = JsonMapper.shared().createObjectNode();
        ObjectNode files = request.putObject("files");
        CandidateFiles.of(folder.resolve(partner)).texts().forEach(files::put);
        return request;
    }

    /**
     * Writes files where a hub reads its mappings, each at once and whole. What lies there besides is left to its owner.
     *
     * @param files texts by their paths, as a hub hands them out
     * @return whether the folder holds nothing else that counts
     */
    static boolean write(JsonNode files, Path folder, PrintStream out) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        files.properties()
                .forEach(file -> texts.put(file.getKey(), file.getValue().asString()));
        // Whoever answers may be no hub: what it names must stay in the folder.
        for (Map.Entry<String, String> text : new CandidateFiles(texts).texts().entrySet()) {
            Path file = folder.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Path beside = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(beside, text.getValue());
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            out.println("wrote " + file);
        }
        Set<String> besides = new TreeSet<>(CandidateFiles.of(folder).texts().keySet());
        besides.removeAll(texts.keySet());
        besides.forEach(file ->
                out.printf("%s is no part of what was rehearsed; expected that you remove it%n", folder.resolve(file)));
        return besides.isEmpty();
    }
}
