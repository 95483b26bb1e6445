package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CauseTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the batch could not be sent: UnknownServerKey                                     | SERVER_KEY
            the batch could not be sent: LoginRefused                                         | LOGIN
            the batch could not be sent: SshException                                         | UNSENT
            file GH1.csv: its marker is missing, for longer than PT2H                         | FILE
            outcome unknown: no complete answer within 3000 ms                                | UNKNOWN_OUTCOME
            economy/application.out, row a.b: code table id-type has no hub code 990          | UNTRANSLATABLE
            economy/result.in, row status: code table state has no local code Z               | FOREIGN_CODE
            given up: economy/result.in: not JSON: line 1, column 12                          | UNREADABLE
            the answer speaks of another case                                                 | OTHER_CASE
            status 31 may not follow 60                                                       | CONTRADICTION
            HTTP 401: the partner does not accept the hub's credentials                       | CREDENTIALS
            the partner's token address gave no token in time                                 | TOKEN
            5 failures in a row, the last: HTTP 429                                           | TOO_MANY
            5 failures in a row, the last: busy: code 5001                                    | BUSY
            5 failures in a row, the last: fault Receiver, SystemBusy                         | SOAP_FAULT
            given up: HTTP 500                                                                | SERVER_ERROR
            no complete answer within 10000 ms                                                | NO_ANSWER
            no connection: SSLHandshakeException                                              | TLS
            no connection: HttpHostConnectException                                           | NO_CONNECTION
            the front-end database is away (SQLSTATE 08001)                                   | NO_CONNECTION
            the connection broke: NoHttpResponseException                                     | CUT
            HTTP 413: the partner refuses the request's form                                  | REQUEST
            no result yet, asked 4 times                                                      | OVERDUE
            """)
    void isToldByTheReason(String reason, Cause cause) {
        assertThat(Cause.of(reason)).contains(cause);
    }

    @Test
    void isNotGuessed() {
        assertThat(Cause.of("code B0001")).isEmpty();
        assertThat(Cause.of(null)).isEmpty();
    }
}
