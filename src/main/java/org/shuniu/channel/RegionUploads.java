package org.shuniu.channel;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpPatch;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Brings a region what a message names, in signed parts, and goes on where an earlier attempt ended. Nothing rests on what
 * the region says of it: a message is refused there while something is missing.
 */
final class RegionUploads {

    /** What is in memory at a time: whole pieces of what a region keeps of a broken part. */
    static final int PART = 1024 * 1024;

    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final int ABSENT = 404;
    /** A part, or the whole: the region keeps nothing of it. */
    private static final String DAMAGED = "digest-mismatch";

    private final String partner;
    private final RegionMessages messages;
    private final HttpExchange http;

    /** What the region said of an attachment, and whether this attempt brought any of one. */
    private static final class Progress {
        private long offset;
        private boolean complete;
        private boolean brought;

        private void next() {
            offset = 0;
            complete = false;
        }

        /** An answer about the upload is no answer about the message, which was not sent. */
        private Reply read(ClassicHttpResponse answer, int absent) throws IOException {
            byte[] body = HttpExchange.body(answer);
            if (answer.getCode() == absent) {
                return new Reply.Taken();
            }
            if (RegionAdapter.problem(body).equals(DAMAGED)) {
                return new Reply.Unavailable("an attachment came to the region damaged", null);
            }
            if (answer.getCode() / 100 != 2) {
                return RegionAdapter.refusal(answer, body);
            }
            complete = "?1".equals(field(answer, "Upload-Complete"));
            String said = field(answer, "Upload-Offset");
            if (!said.matches("\\d{1,18}")) {
                return new Reply.Unavailable("the region does not say how much of an attachment it has", null);
            }
            offset = Long.parseLong(said);
            return new Reply.Taken();
        }

        private static String field(ClassicHttpResponse answer, String name) {
            Header field = answer.getFirstHeader(name);
            return field == null ? "" : field.getValue();
        }
    }

    RegionUploads(String partner, RegionMessages messages, HttpExchange http) {
        this.partner = partner;
        this.messages = messages;
        this.http = http;
    }

    /** @return nothing once the region has all of it; otherwise what that means for the message, which was not sent */
    Optional<Reply> bring(List<RegionMessages.Attachment> named, TimeLeft deadline) {
        Progress progress = new Progress();
        for (RegionMessages.Attachment attachment : named) {
            progress.next();
            Reply reply = bring(attachment, deadline, progress);
            if (!(reply instanceof Reply.Taken)) {
                return Optional.of(
                        reply instanceof Reply.Unknown cut ? new Reply.Unavailable(cut.reason(), null) : reply);
            }
        }
        return Optional.empty();
    }

    private Reply bring(RegionMessages.Attachment attachment, TimeLeft deadline, Progress progress) {
        RegionMessages.Post ask = messages.ask(partner, attachment);
        Reply reply = send(new HttpHead(ask.target()), ask, deadline, progress, ABSENT);
        while (reply instanceof Reply.Taken && !progress.complete) {
            if (deadline.isNear() && progress.brought) {
                return new Reply.Gathered("an attachment is on its way", AT_ONCE);
            }
            long before = progress.offset;
            RegionMessages.Post part =
                    messages.part(partner, attachment, before, PART).orElse(null);
            if (part == null) {
                return new Reply.Unavailable("the hub cannot read an attachment now", null);
            }
            HttpPatch request = new HttpPatch(part.target());
            request.setEntity(new ByteArrayEntity(part.body(), null));
            reply = send(request, part, deadline, progress, 0);
            boolean further = progress.complete || progress.offset > before;
            if (reply instanceof Reply.Taken && !further) {
                return new Reply.Unavailable("the region took nothing of an attachment", null);
            }
            progress.brought = true;
        }
        return reply;
    }

    private Reply send(
            HttpUriRequestBase request, RegionMessages.Post signed, TimeLeft deadline, Progress progress, int absent) {
        signed.fields().forEach(request::setHeader);
        return http.send(request, deadline.endBy(), answer -> progress.read(answer, absent));
    }
}
