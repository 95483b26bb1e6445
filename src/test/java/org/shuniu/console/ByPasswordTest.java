package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByPasswordTest {

    /** As a socket names its other end, and as a gateway writes it. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2:0:0:0:1, 2001:db8:1:2::/64",
        "2001:db8:1:2::1, 2001:db8:1:2::/64",
        "2001:0DB8:1:2:ffff::7, 2001:db8:1:2::/64",
        "2001:db8::5, 2001:db8:0:0::/64",
        "fe80::1%eth0, fe80:0:0:0::/64",
        "::ffff:192.0.2.7, 192.0.2.7",
        "192.0.2.7, 192.0.2.7",
        "dead:beef, dead:beef",
        "gateway.example, gateway.example"
    })
    void countsAllAddressesOfAnIpv6NetworkTogether(String address, String counted) {
        assertThat(ByPassword.network(address)).isEqualTo(counted);
    }
}
