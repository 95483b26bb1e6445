package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class PageAddressesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/                 | */*                             | true",
                "/cases/1          | */*                             | true",
                "/partners/a/pause | */*                             | true",
                "/workbench/lost   | */*                             | true",
                "/proposals/1/file | */*                             | true",
                "/docs/docs/a.png  | image/*                         | true",
                "/docs/%2e%2e/x    | text/html                       | false",
                "/nowhere          | text/html,application/xml;q=0.9 | true",
                "/nowhere          | */*                             | false",
                "/partner/v1/x     | text/html                       | false",
                "/api/v1/cases/1   | text/html                       | false",
                "/ops/v1/parked    | text/html                       | false",
                "/actuator/health  | text/html                       | false",
                "/api.html         | text/html                       | false",
                "/%6Fps/v1/parked  | text/html                       | false",
                "/%61pi/v1/cases/1 | text/html                       | false"
            })
    void leavesTheEntriesOfProgramsAlone(String path, String accept, boolean page) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.addHeader("Accept", accept);

        assertThat(new PageAddresses(8443).matches(request)).isEqualTo(page);
    }
}
