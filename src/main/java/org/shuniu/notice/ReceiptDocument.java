package org.shuniu.notice;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.Json;
import tools.jackson.databind.node.ObjectNode;

/** Writes a notice as the canonical document {@code receipt}; it holds nothing of the document that it is about. */
final class ReceiptDocument {

    private record Text(String zh, String en) {}

    private static final Map<String, Text> DOCUMENTS = Map.of(
            "application", new Text("办事申请", "application"),
            "supplement", new Text("补正材料", "supplement"),
            "paper", new Text("材料寄送", "step of the paper"),
            "withdrawal", new Text("撤回申请", "withdrawal"),
            "status", new Text("办理进度", "status"),
            "result", new Text("办理结果", "result"),
            "certificate-list", new Text("电子证照查询", "certificate"),
            "certificate-use", new Text("电子证照调用", "certificate"),
            "certificate-copy", new Text("电子证照副本", "certificate"));
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter LATER_ZH = DateTimeFormatter.ofPattern("M月d日 HH:mm");
    private static final DateTimeFormatter LATER_EN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final PartnerDirectory partners;
    private final OffsetDateTime now;

    ReceiptDocument(PartnerDirectory partners, OffsetDateTime now) {
        this.partners = partners;
        this.now = now;
    }

    ObjectNode of(Notice notice) {
        ObjectNode receipt = Json.object();
        receipt.put("caseNo", notice.caseNo());
        receipt.put("messageId", notice.messageId().toString());
        receipt.put("document", notice.document());
        receipt.put("kind", notice.kind().word());
        receipt.put("partner", notice.partner());
        receipt.put("since", CaseTimes.write(notice.since()));
        if (notice.nextAttempt() != null) {
            receipt.put("nextAttempt", CaseTimes.write(notice.nextAttempt()));
        }
        Text text = text(notice);
        receipt.putObject("text").put("zh", text.zh()).put("en", text.en());
        return receipt;
    }

    private Text text(Notice notice) {
        Text document = DOCUMENTS.getOrDefault(notice.document(), new Text(notice.document(), notice.document()));
        Partner.Name partner = partners.find(notice.partner())
                .map(Partner::name)
                .orElse(new Partner.Name(notice.partner(), notice.partner()));
        Text template = template(notice);
        return new Text(
                template.zh().formatted(partner.zh(), document.zh()),
                template.en().formatted(partner.en(), document.en()));
    }

    private Text template(Notice notice) {
        return switch (notice.kind()) {
            case PARKED ->
                notice.about().equals(notice.messageId())
                        ? new Text("%s反馈的%s需人工核对，核对后另行通知", "The %2$s from %1$s waits for a person to check it")
                        : new Text(
                                "发往%s的%s未能送达，已转人工处理",
                                "The %2$s for %1$s could not be delivered and waits for a person");
            case DELAYED -> delayed(notice);
            case RESOLVED -> notice.state().equals("refused") ? refused() : new Text("%s已收到%s", "%s has the %s now");
            case REFUSED -> refused();
            case PAPER ->
                new Text("%s暂不可用，%s改用纸质证照核验", "%s cannot be reached for the %s; the paper is looked at instead");
            case GIVEN_UP -> new Text("发往%s的%s已终止投递", "The delivery of the %2$s to %1$s was given up");
        };
    }

    private static Text refused() {
        return new Text("%s已收到%s并答复不予办理", "%s has taken the %s and refused it");
    }

    private Text delayed(Notice notice) {
        if (notice.nextAttempt() == null) {
            return new Text("%s暂时无法接收%s，恢复后自动投递", "%s cannot take the %s now; it is sent when that is over");
        }
        OffsetDateTime next = local(notice.nextAttempt());
        boolean today = next.toLocalDate().equals(local(now).toLocalDate());
        return new Text(
                "%s暂时无法接收%s，下次尝试时间 " + (today ? TODAY : LATER_ZH).format(next),
                "%s cannot take the %s now; next try " + (today ? TODAY : LATER_EN).format(next));
    }

    private static OffsetDateTime local(OffsetDateTime time) {
        return time.atZoneSameInstant(CaseTimes.SHANGHAI).toOffsetDateTime();
    }
}
