package org.shuniu.gateway;

import java.util.Map;
import org.shuniu.store.Json;
import tools.jackson.databind.node.ObjectNode;

/** What a step of a case's life is called in words for citizens, in both languages. */
public final class StepTexts {

    /** In both languages. */
    public record Text(String zh, String en) {}

    private static final Map<String, Text> TEXTS = Map.ofEntries(
            Map.entry("accepted", new Text("枢纽已收到并保存", "Received and kept by the hub")),
            Map.entry("routed", new Text("已确定接收单位", "Receiver decided")),
            Map.entry("delivered", new Text("已送达", "Delivered")),
            Map.entry("refused", new Text("接收单位不予办理", "Refused by the receiver")),
            Map.entry("postponed", new Text("接收单位暂时无法接收，稍后重试", "The receiver cannot take it now; again later")),
            Map.entry("gathered", new Text("已列入下一批次", "Waits for the next batch")),
            Map.entry("in-batch", new Text("已随批次文件送出", "Sent in a batch file")),
            Map.entry("outcome-unknown", new Text("送达结果待确认", "It is being found out whether it arrived")),
            Map.entry("parked", new Text("待人工处理", "Waits for a person")),
            Map.entry("returned", new Text("收到办理反馈", "An answer came back")),
            Map.entry("overdue", new Text("办理结果逾期未到", "The result is overdue")),
            Map.entry(
                    "not-asked",
                    new Text("报文打不开，未能查询结果", "Its result could not be asked for: the message can't be opened")),
            Map.entry("followed-up", new Text("已通知协作服务", "Another service was asked")),
            Map.entry("reported", new Text("协作服务已反馈", "Another service reported")),
            Map.entry("certificate-asked", new Text("正在调用电子证照", "An electronic certificate is asked for")),
            Map.entry("certificate-ready", new Text("已取得电子证照副本", "A copy of the certificate is here")),
            Map.entry(
                    "certificate-expired", new Text("电子证照副本已过期，重新调用", "The copy has expired; a new one is asked for")),
            Map.entry("certificate-refused", new Text("电子证照库未提供证照", "The library gave no certificate")),
            Map.entry(
                    "certificate-on-paper",
                    new Text("电子证照暂不可用，改用纸质证照", "The paper is looked at instead of the certificate")),
            Map.entry("notified", new Text("已告知申报渠道", "The sender was told")),
            Map.entry("paper-posted", new Text("材料已寄往受理中心", "The paper is posted to the home centre")),
            Map.entry("paper-on-its-way", new Text("材料寄送中", "The paper is on its way")),
            Map.entry("paper-arrived", new Text("材料已到受理中心", "The paper is at the home centre")),
            Map.entry("paper-returned", new Text("材料已退回收件中心", "The paper came back to the receiving centre")),
            Map.entry("paper-refused", new Text("材料无法寄送，仍在收件中心", "No courier takes the paper; it stays")),
            Map.entry("found-lost", new Text("对账发现接收单位缺失", "The receiver does not count it")),
            Map.entry("found-doubled", new Text("对账发现接收单位重复受理", "The receiver counts it more than once")),
            Map.entry("found-late", new Text("对账发现办理结果逾期", "Its result is late")),
            Map.entry("found-altered", new Text("对账发现双方内容不一致", "The region has other content than the hub")),
            Map.entry("found-unrecorded", new Text("对账发现接收单位已受理", "The receiver counts it all the same")),
            Map.entry("re-requested", new Text("对账后重新请求", "Asked for once more")),
            Map.entry("region-relayed", new Text("外省枢纽已转送受理单位", "The region's hub sent it to its office")),
            Map.entry("region-delivered", new Text("外省受理单位已收到", "The region's office has it")),
            Map.entry("region-rejected", new Text("外省受理单位不予办理", "Refused by the region's office")),
            Map.entry("region-non-delivered", new Text("外省枢纽未能送达", "The region's hub could not deliver it")),
            Map.entry("status", new Text("办件状态变更", "The case moved on")),
            Map.entry("replayed", new Text("人工重新投递", "Sent again by an operator")),
            Map.entry("corrected", new Text("人工更正后重新投递", "Corrected by a person and sent again")),
            Map.entry("answer-settled", new Text("人工办结未能接收的答复", "A parked answer settled by an operator")),
            Map.entry("answer-taken", new Text("未能接收的答复再次到达并已接收", "A parked answer came again and was taken")),
            Map.entry("answer-superseded", new Text("未能接收的答复已由后来的结果取代", "A later result took a parked answer's place")),
            Map.entry("question-given-up", new Text("人工停止催问结果", "An operator ended the asking for its result")),
            Map.entry("question-extended", new Text("人工延长结果期限", "An operator gave more time for its result")),
            Map.entry("answered", new Text("人工答复申报方", "The sender was answered by a person")),
            Map.entry("given-up", new Text("人工终止投递", "Given up by an operator")));

    private StepTexts() {}

    /** A step that has no words is shown by its own. */
    public static Text of(String kind) {
        return TEXTS.getOrDefault(kind.replace("region-paper-", "paper-"), new Text(kind, kind));
    }

    static ObjectNode of(String kind, String partner) {
        Text text = of(kind);
        String whom = partner == null ? "" : " (" + partner + ")";
        return Json.object().put("zh", text.zh() + whom).put("en", text.en() + whom);
    }
}
