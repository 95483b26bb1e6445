package org.shuniu.channel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.Alphabet;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GSMSpecificFeature;
import org.jsmpp.bean.GeneralDataCoding;
import org.jsmpp.bean.MessageMode;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.SMPPSession;
import org.shuniu.partner.Partner;
import org.shuniu.partner.Secrets;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends short messages by SMPP 3.4: fields {@code to}, {@code content} and {@code serial} of the document, in as many parts as
 * the text needs; the answer has {@code result}, {@code serial} and {@code parts}. The centre does not know a repeated message,
 * so a text whose parts did not all get through is an unknown outcome.
 */
final class SmppAdapter implements ChannelAdapter {

    private static final Set<Integer> BUSY = Set.of(SMPPConstant.STAT_ESME_RTHROTTLED, SMPPConstant.STAT_ESME_RMSGQFUL);
    private static final Set<Integer> STRANGER = Set.of(
            SMPPConstant.STAT_ESME_RBINDFAIL, SMPPConstant.STAT_ESME_RINVPASWD, SMPPConstant.STAT_ESME_RINVSYSID);
    private static final int MOST_PARTS = 10;

    /** Bytes of the fields of a bind, without the one that ends them. */
    private static final int LONGEST_ID = 15;

    private static final int LONGEST_PASSWORD = 8;

    private final Map<String, String> sources;
    private final long answer;
    private final SmppReports reports;
    private final SmppSessions sessions;

    SmppAdapter(Partner partner, Secrets secrets, SmppReports reports) {
        Partner.Authentication.Account account = (Partner.Authentication.Account) partner.authentication();
        long connect = partner.delivery().connect().toMillis();
        this.sources = partner.operations();
        this.answer = Math.max(1, (partner.deadline().toMillis() - connect) / 2);
        this.reports = reports;
        String password = secrets.require(account.secret());
        requireLength(partner, "authentication.id", account.id(), LONGEST_ID);
        requireLength(partner, "the secret " + account.secret(), password, LONGEST_PASSWORD);
        this.sessions = new SmppSessions(partner, account.id(), password, answer, reports);
    }

    /** What is longer could never be sent, so the hub says so when it starts and not at the first message. */
    private static void requireLength(Partner partner, String what, String value, int longest) {
        int length = value.getBytes(StandardCharsets.UTF_8).length;
        if (length > longest) {
            throw new IllegalStateException("Partner %s: %s has %d bytes, SMPP 3.4 takes at most %d"
                    .formatted(partner.id(), what, length, longest));
        }
    }

    @Override
    public Reply call(Call call) {
        String source = sources.get(call.operation());
        if (source == null) {
            return new Reply.Invalid("the partner has no operation for %s".formatted(call.operation()));
        }
        JsonNode message = Json.tree(call.body());
        List<byte[]> parts = SmsParts.of(
                message.path("content").asString(""), call.messageId().hashCode());
        if (parts.size() > MOST_PARTS) {
            return new Reply.Invalid("a text of %d short messages; at most %d".formatted(parts.size(), MOST_PARTS));
        }
        long end = call.endBy();
        SMPPSession session;
        try {
            session = sessions.bound();
        } catch (IOException away) {
            return unreached(away);
        }
        return send(session, source, message, parts, end);
    }

    private Reply send(SMPPSession session, String source, JsonNode message, List<byte[]> parts, long end) {
        List<String> ids = new ArrayList<>();
        try {
            for (byte[] part : parts) {
                long left = end - System.nanoTime();
                if (ids.isEmpty() && left <= 0) {
                    return new Reply.Unavailable("the time of the call was over before the first part was sent", null);
                }
                if (left < answer * 1_000_000 && !ids.isEmpty()) {
                    return new Reply.Unknown("no time was left for part %d".formatted(ids.size() + 1));
                }
                boolean last = ids.size() == parts.size() - 1;
                ids.add(submit(session, source, message.path("to").asString(""), part, parts.size() > 1, last));
            }
        } catch (NegativeResponseException refused) {
            return sort(refused.getCommandStatus(), ids.isEmpty());
        } catch (PDUException | InvalidResponseException | ResponseTimeoutException | IOException broken) {
            sessions.drop(session);
            return new Reply.Unknown("no answer to a short message: %s"
                    .formatted(broken.getClass().getSimpleName()));
        }
        String serial = message.path("serial").asString("");
        reports.expect(ids.get(ids.size() - 1), serial);
        ObjectNode answered =
                Json.object().put("result", "0").put("serial", serial).put("parts", ids.size());
        return new Reply.Answered(200, Json.bytes(answered), "application/json");
    }

    private static String submit(
            SMPPSession session, String source, String to, byte[] part, boolean several, boolean last)
            throws PDUException, ResponseTimeoutException, InvalidResponseException, NegativeResponseException,
                    IOException {
        GSMSpecificFeature header = several ? GSMSpecificFeature.UDHI : GSMSpecificFeature.DEFAULT;
        return session.submitShortMessage(
                        null,
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.ISDN,
                        source,
                        TypeOfNumber.NATIONAL,
                        NumberingPlanIndicator.ISDN,
                        to,
                        new ESMClass(MessageMode.DEFAULT, MessageType.DEFAULT, header),
                        (byte) 0,
                        (byte) 1,
                        null,
                        null,
                        new RegisteredDelivery(
                                last ? SMSCDeliveryReceipt.SUCCESS_FAILURE : SMSCDeliveryReceipt.DEFAULT),
                        (byte) 0,
                        new GeneralDataCoding(Alphabet.ALPHA_UCS2),
                        (byte) 0,
                        part)
                .getMessageId();
    }

    /** Nothing was done only if it was the first part that the centre refused. */
    private static Reply sort(int status, boolean first) {
        String reason = "SMPP status %d".formatted(status);
        if (!first) {
            return new Reply.Unknown("%s after a part was taken".formatted(reason));
        }
        return BUSY.contains(status) ? new Reply.Unavailable(reason, null) : new Reply.Invalid(reason);
    }

    private static Reply unreached(IOException away) {
        boolean stranger = away.getCause() instanceof NegativeResponseException refused
                && STRANGER.contains(refused.getCommandStatus());
        return stranger
                ? new Reply.CredentialsRefused("the centre does not accept the hub's account")
                : new Reply.Unavailable(
                        "no session with the centre: %s"
                                .formatted(away.getClass().getSimpleName()),
                        null);
    }

    @Override
    public void close() {
        sessions.close();
    }
}
