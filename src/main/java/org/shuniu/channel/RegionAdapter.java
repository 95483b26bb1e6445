package org.shuniu.channel;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.shuniu.partner.Partner;
import org.shuniu.store.Json;
import tools.jackson.core.JacksonException;

/**
 * Speaks CHX/1 to the hub of another region: a signed message under the same id at every attempt, and a signed receipt for
 * it. A message that was refused for good is never sent again.
 */
final class RegionAdapter implements ChannelAdapter {

    private static final Set<Integer> TAKEN = Set.of(200, 202);
    private static final Set<Integer> LATER = Set.of(429, 503);
    /** The same message is being accepted there, or waits for an earlier one of its case. */
    private static final Set<String> LATER_CONFLICTS = Set.of("in-progress", "gap");
    /** What comes for a case that may have ended meanwhile. */
    private static final Set<String> FOR_AN_OPEN_CASE = Set.of("supplement", "withdrawal");
    /** The same is being done there by another request, or an attachment has to be brought, which the next attempt does. */
    private static final Set<String> LATER_PROBLEMS =
            Set.of("in-progress", "attachment-missing", "offset-mismatch", "upload-broken");
    /** The server gave up waiting, or a name and certificate did not meet: neither says anything of the message. */
    private static final Set<Integer> OF_THE_CONNECTION = Set.of(408, 421, 425);

    private static final Pattern PROBLEM = Pattern.compile("(?:.*[:/])?([a-z][a-z-]{0,39})");

    /** After which a connection is opened anew, so that an old certificate goes out of use while calls go on. */
    private static final Duration LIFE = Duration.ofSeconds(30);

    /** The region's word wakes the delivery; this is for a region that is called from now on, and for a word that woke nothing. */
    private static final Duration UNTIL_FETCHED = Duration.ofHours(1);

    private final String partner;
    private final RegionMessages messages;
    private final HttpExchange http;
    private final RegionUploads uploads;

    RegionAdapter(Partner partner, RegionMessages messages) {
        this.partner = partner.id();
        this.messages = messages;
        this.http = new HttpExchange(partner.delivery().connect(), asThingsStand(messages), LIFE);
        this.uploads = new RegionUploads(this.partner, messages, http);
    }

    /** Each connection shows the certificate that counts when it is opened. */
    private static TlsSocketStrategy asThingsStand(RegionMessages messages) {
        return (socket, target, port, attachment, context) ->
                new DefaultClientTlsStrategy(messages.tls()).upgrade(socket, target, port, attachment, context);
    }

    @Override
    public Reply call(Call call) {
        try {
            return messages.said(partner, call)
                    .map(problem -> said(call, problem))
                    .or(() -> messages.post(partner, call).map(post -> bring(call, post)))
                    .orElseGet(() -> new Reply.Gathered("it stands in the region's inbox", UNTIL_FETCHED));
        } catch (RegionMessages.NotWritten not) {
            return new Reply.Invalid(not.getMessage());
        }
    }

    private Reply said(Call call, String problem) {
        String reason = "the region rejected it: " + problem;
        return problem.isEmpty()
                ? new Reply.Taken()
                : ofTheCase(call, problem, reason).orElseGet(() -> new Reply.Invalid(reason));
    }

    /** What the message names comes first; an attempt that brought some of it and not all goes on soon. */
    private Reply bring(Call call, RegionMessages.Post post) {
        TimeLeft left = new TimeLeft(call.deadline(), call.endBy());
        List<RegionMessages.Attachment> named = messages.named(partner, call, post);
        return uploads.bring(named, left).orElseGet(() -> {
            // Its signature may have grown old meanwhile.
            RegionMessages.Post now =
                    named.isEmpty() ? post : messages.post(partner, call).orElse(post);
            return send(call, now, left);
        });
    }

    private Reply send(Call call, RegionMessages.Post post, TimeLeft left) {
        HttpPost request = new HttpPost(post.target());
        post.fields().forEach(request::setHeader);
        // Its media type stands among the signed fields.
        request.setEntity(new ByteArrayEntity(post.body(), null));
        return http.send(request, left.endBy(), answer -> sort(call, post, answer));
    }

    private Reply sort(Call call, RegionMessages.Post post, ClassicHttpResponse answer) throws IOException {
        int status = answer.getCode();
        byte[] body = HttpExchange.body(answer);
        if (TAKEN.contains(status)) {
            return messages.accepted(partner, call, post, status, fields(answer), body);
        }
        String problem = problem(body);
        String reason = reason(status, problem);
        if (status == 409 && LATER_CONFLICTS.contains(problem)) {
            return new Reply.NotYet(reason, HttpExchange.retryAfter(answer));
        }
        return ofTheCase(call, problem, reason).orElseGet(() -> refusal(answer, body));
    }

    private static String reason(int status, String problem) {
        return "HTTP %d%s".formatted(status, problem.isEmpty() ? "" : ": " + problem);
    }

    /** What an answer that is no success means for what was sent. */
    static Reply refusal(ClassicHttpResponse answer, byte[] body) {
        int status = answer.getCode();
        String problem = problem(body);
        String reason = reason(status, problem);
        if (status == 401) {
            return new Reply.CredentialsRefused(reason);
        }
        if (LATER.contains(status) || LATER_PROBLEMS.contains(problem)) {
            return new Reply.Unavailable(reason, HttpExchange.retryAfter(answer));
        }
        if (status / 100 == 3) {
            return new Reply.Unavailable(reason + ": it is not followed to another address", null);
        }
        return status / 100 == 4 && !OF_THE_CONNECTION.contains(status)
                ? new Reply.Invalid(reason)
                : new Reply.Unknown(reason);
    }

    /** What a refusal means where nothing is wrong with the message but where its case stands. */
    private Optional<Reply> ofTheCase(Call call, String problem, String reason) {
        if (problem.equals("sequence-passed") && messages.renumber(partner, call)) {
            return Optional.of(new Reply.NotYet(reason + ": it goes again under the next number", null));
        }
        return problem.equals("state-conflict") && FOR_AN_OPEN_CASE.contains(call.operation())
                ? Optional.of(new Reply.Refused(reason))
                : Optional.empty();
    }

    private static Map<String, List<String>> fields(ClassicHttpResponse answer) {
        Map<String, List<String>> fields = new HashMap<>();
        for (Header header : answer.getHeaders()) {
            fields.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue());
        }
        return fields;
    }

    /** The last word of the problem's type: a word from a closed alphabet, never a text that could name a person. */
    static String problem(byte[] body) {
        try {
            return Optional.of(PROBLEM.matcher(Json.tree(body).path("type").asString("")))
                    .filter(Matcher::matches)
                    .map(word -> word.group(1))
                    .orElse("");
        } catch (JacksonException noProblem) {
            return "";
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
