package org.shuniu.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthcareSecuritySimulatorTest {
    private static final String BODY =
            "<bizNo>SN1</bizNo><certType>1</certType><areaCode>319900</areaCode><remark>无</remark>";
    private static final Pattern RETURN = Pattern.compile("<serviceReturn[^>]*>([^<]*)<");

    @TempDir
    Path directory;

    private RunningSimulators simulators;

    @BeforeEach
    void start() throws IOException {
        simulators = new RunningSimulators(directory, null);
    }

    @AfterEach
    void stop() {
        simulators.close();
    }

    @Test
    void answersInBrokenBase64WithAMarkAndALieAboutTheEncoding() throws IOException {
        String packed = packed(call("YB1001", "M1", BODY));

        String answer = unpacked(packed);
        assertThat(packed.lines()).hasSizeGreaterThan(1).allMatch(line -> line.length() <= 76);
        assertThat(answer).startsWith("\uFEFF<?xml version=\"1.0\" encoding=\"GBK\"?>");
        assertThat(answer).contains("<retCode>000000</retCode>", "<state>1</state>", "<resultText>办理成功</resultText>");
        assertThat(simulators
                        .ledger("healthcare-security")
                        .get(0)
                        .path("effect")
                        .asString())
                .isEqualTo("application");
    }

    @Test
    void acceptsSupplementsAndWithdrawals() throws IOException {
        assertThat(answer("YB1002", "M2", "<bizNo>SN1</bizNo>")).contains("<state>0</state>", "补正已收");
        assertThat(answer("YB1003", "M3", "<bizNo>SN1</bizNo>")).contains("<state>1</state>", "已撤回");
        assertThat(simulators.ledger("healthcare-security"))
                .extracting(line -> line.path("effect").asString())
                .containsExactly("supplement", "withdrawal");
    }

    @Test
    void worksARepeatedTransactionASecondTime() throws IOException {
        answer("YB1001", "M1", BODY);
        answer("YB1001", "M1", BODY);

        assertThat(simulators.ledger("healthcare-security")).hasSize(2);
    }

    @Test
    void tellsWhatBecameOfATransactionEvenAfterARestart() throws IOException {
        String query = "<bizNo>SN1</bizNo><origTransId>M1</origTransId>";
        assertThat(answer("YB1009", "Q1", query)).contains("N0404");

        String first = answer("YB1001", "M1", BODY.replace("无", "REFUSE"));
        simulators.restart();

        assertThat(first).contains("B0001");
        assertThat(answer("YB1009", "Q2", query)).isEqualTo(first.replace("M1", "Q2"));
    }

    @Test
    void rejectsWhatItDoesNotKnowUnderHttp200() throws IOException {
        assertThat(answer("YB9999", "M1", BODY)).contains("B0101");
        assertThat(answer("YB1001", "M1", BODY.replace("319900", ""))).contains("B0102");
        assertThat(answer("YB1001", "M1", BODY.replace("<certType>1", "<certType>111")))
                .contains("B0103");
        assertThat(unpacked(packed(post("<broken")))).contains("B0100");
        assertThat(simulators.ledger("healthcare-security")).isEmpty();
    }

    @Test
    void readsNoDocumentTypes() throws IOException {
        String hostile = "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>" + inner("YB1001", "&x;", BODY);

        assertThat(unpacked(packed(post(envelope(hostile))))).contains("<retCode>B0100</retCode>");
    }

    @Test
    void saysBusyUnderHttp200() throws IOException {
        simulators.fault("healthcare-security", "{\"fault\":\"error\"}");

        assertThat(answer("YB1001", "M1", BODY)).contains("S9001");
        assertThat(simulators.ledger("healthcare-security")).isEmpty();
    }

    @Test
    void answersHalfAnEnvelope() throws IOException {
        simulators.fault("healthcare-security", "{\"fault\":\"garbage\"}");

        HttpResponse<String> answer = call("YB1001", "M1", BODY);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Envelope").doesNotContain("</soapenv:Envelope>");
    }

    @Test
    void closesTheConnectionWhenDown() throws IOException {
        simulators.fault("healthcare-security", "{\"fault\":\"down\",\"count\":1}");

        assertThatThrownBy(() -> call("YB1001", "M1", BODY)).isInstanceOf(IOException.class);
        assertThat(answer("YB1001", "M1", BODY)).contains("000000");
    }

    @Test
    void canBeAskedAfterItWorkedAndNeverAnswered() throws IOException {
        simulators.fault("healthcare-security", "{\"fault\":\"timeout-after-work\",\"seconds\":3600,\"count\":1}");

        CompletableFuture<Boolean> answered = CompletableFuture.supplyAsync(this::isAnswered);
        await().until(() -> simulators.ledger("healthcare-security").size() == 1);

        assertThat(answer("YB1009", "Q1", "<bizNo>SN1</bizNo><origTransId>M1</origTransId>"))
                .contains("<state>1</state>");
        simulators.fault("healthcare-security", "{\"fault\":\"none\"}");
        assertThat(answered.join()).isFalse();
    }

    @Test
    void pushesTheResultTwiceWithOneEventId() throws IOException {
        simulators.fault("healthcare-security", "{\"fault\":\"duplicate-result\"}");

        assertThat(answer("YB1001", "M1", BODY)).contains("<state>1</state>");

        await().until(() -> simulators.hub.received.size() == 2);
        FakeHub.Received first = simulators.hub.received.get(0);
        assertThat(first.path()).isEqualTo("/callback/v1/healthcare-security");
        assertThat(unpacked(packed(first.body()))).contains("<eventId>YB-EV-", "<state>1</state>");
        assertThat(simulators.hub.received.get(1)).isEqualTo(first);
    }

    @Test
    void saysProcessingUntilTheLateResultIsPushed() throws IOException {
        simulators.fault("healthcare-security", "{\"fault\":\"late-result\",\"seconds\":3600}");

        assertThat(answer("YB1001", "M1", BODY)).contains("<state>0</state>");
        simulators.fault("healthcare-security", "{\"fault\":\"none\"}");

        await().until(() -> simulators.hub.received.size() == 1);
        assertThat(unpacked(packed(simulators.hub.received.get(0).body()))).contains("<state>1</state>");
    }

    private boolean isAnswered() {
        try {
            return call("YB1001", "M1", BODY).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private String answer(String code, String transId, String body) throws IOException {
        return unpacked(packed(call(code, transId, body)));
    }

    private HttpResponse<String> call(String code, String transId, String body) throws IOException {
        return post(envelope(inner(code, transId, body)));
    }

    private HttpResponse<String> post(String body) throws IOException {
        return simulators.send(simulators
                .to("/healthcare-security/services/CommunityService")
                .header("Content-Type", "text/xml; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String inner(String code, String transId, String body) {
        return "<request><head><transCode>%s</transCode><transId>%s</transId></head><body>%s</body></request>"
                .formatted(code, transId, body);
    }

    private static String envelope(String inner) {
        byte[] bytes = ("\uFEFF" + inner).getBytes(StandardCharsets.UTF_8);
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>
                <ns1:callService xmlns:ns1="http://service.ybj.sh.local/"><requestXml>
                %s
                </requestXml></ns1:callService></soapenv:Body></soapenv:Envelope>
                """.formatted(Base64.getMimeEncoder().encodeToString(bytes));
    }

    private static String packed(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return packed(answer.body());
    }

    private static String packed(String envelope) {
        Matcher matcher = RETURN.matcher(envelope);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String unpacked(String packed) {
        return new String(Base64.getMimeDecoder().decode(packed), StandardCharsets.UTF_8);
    }
}
