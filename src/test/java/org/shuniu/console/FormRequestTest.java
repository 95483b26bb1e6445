package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class FormRequestTest {

    @Test
    void readsTheFieldsOfAFormAndOfItsAddress() {
        FormRequest form = form("role=viewer&role=auditor&name=%E7%8E%8B+fang&empty=&bad=%zz&more=from+body");

        assertThat(form.getParameterValues("role")).containsExactly("viewer", "auditor");
        assertThat(form.getParameter("name")).isEqualTo("王 fang");
        assertThat(form.getParameter("empty")).isEmpty();
        assertThat(form.getParameter("bad")).isNull();
        assertThat(form.getParameterValues("more")).containsExactly("from address", "from body");
        assertThat(form.getParameterMap()).containsOnlyKeys("more", "role", "name", "empty");
    }

    /** Most filters pass by what comes back from waiting. */
    @Test
    void hidesFromFiltersThatItHasWaited() {
        assertThat(form("a=b").getDispatcherType()).isEqualTo(DispatcherType.REQUEST);
    }

    @Test
    void readsNoMoreThanAnyFormHas() {
        FormRequest form = form("a&".repeat(100_000));

        assertThat(form.getParameterValues("a")).hasSize(1_000);
    }

    @Test
    void takesNothingElseForAForm() {
        MockHttpServletRequest request = request();
        request.setContentType("text/plain");

        assertThat(new FormRequest(request, "a=b".getBytes(StandardCharsets.UTF_8)).getParameter("a"))
                .isNull();
    }

    private static FormRequest form(String body) {
        return new FormRequest(request(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static MockHttpServletRequest request() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/users");
        request.setDispatcherType(DispatcherType.ASYNC);
        request.setContentType("application/x-www-form-urlencoded;charset=UTF-8");
        request.addParameter("more", "from address");
        return request;
    }
}
