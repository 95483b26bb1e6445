package org.shuniu.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.attachment.AttachmentRefused;
import org.shuniu.attachment.AttachmentStore;
import org.shuniu.channel.RegionMessages;
import org.shuniu.document.NamedAttachments;
import org.shuniu.store.Json;
import org.shuniu.vault.VaultFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** The attachments that messages to regions name: they belong to whoever handed in the document. */
final class SentAttachments {

    private static final Logger LOG = LoggerFactory.getLogger(SentAttachments.class);
    private static final String OWNER = "select partner from message where id = ?";

    private final JdbcTemplate sql;
    private final AttachmentStore store;

    SentAttachments(JdbcTemplate sql, AttachmentStore store) {
        this.sql = sql;
        this.store = store;
    }

    /**
     * What an envelope names, each once.
     *
     * @throws RegionMessages.NotWritten when the hub has not all of it
     */
    List<RegionMessages.Attachment> named(UUID messageId, byte[] envelope) {
        JsonNode document = Json.tree(envelope).path("data");
        List<String> digests = NamedAttachments.of(document).stream()
                .map(NamedAttachments.Named::digest)
                .distinct()
                .toList();
        if (digests.isEmpty()) {
            return List.of();
        }
        String owner = sql.queryForList(OWNER, String.class, messageId).stream()
                .findFirst()
                .orElse("");
        Map<String, Long> lengths = store.lengths(owner, digests);
        if (!lengths.keySet().containsAll(digests)) {
            throw new RegionMessages.NotWritten("the hub has not all attachments that the message names");
        }
        return digests.stream()
                .map(digest -> new RegionMessages.Attachment(owner, digest, lengths.get(digest)))
                .toList();
    }

    /** At most so many bytes of it from an offset on; nothing when they cannot be read now. */
    Optional<byte[]> part(RegionMessages.Attachment attachment, long offset, int most) {
        try (InputStream content = open(attachment, offset)) {
            return Optional.of(content.readNBytes(most));
        } catch (IOException | AttachmentRefused | VaultFailure failure) {
            LOG.error("An attachment cannot be read: {}", failure.toString());
            return Optional.empty();
        }
    }

    InputStream open(RegionMessages.Attachment attachment, long offset) {
        return store.open(attachment.owner(), attachment.digest(), offset);
    }
}
