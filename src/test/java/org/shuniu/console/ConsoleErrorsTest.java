package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.ModelAndView;

class ConsoleErrorsTest {

    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/find");
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void saysThatAPageAskedForTooMuch() {
        ModelAndView page = answer(new QueryTimeoutException("", new SQLException("", "57014")));

        assertThat(page.getModel()).containsEntry("words", "slow").containsEntry("status", 503);
        assertThat(answer(new QueryTimeoutException("", new SQLException("", "08006")))
                        .getModel())
                .containsEntry("words", "503");
    }

    @Test
    void saysThatATextCannotBeWhatWasMeant() {
        assertThat(answer(new DataIntegrityViolationException("", new SQLException("", "22021")))
                        .getModel())
                .containsEntry("words", "other")
                .containsEntry("status", 400);
    }

    @Test
    void sendsWhoeverHasAnothersPasswordToHisOwn() {
        assertThat(answer(new PasswordIsDue()).getViewName()).isEqualTo("redirect:/password");
    }

    @Test
    void leadsWhoeverIsNotLoggedInAnyMoreToTheLogin() {
        request.getSession();

        assertThat(answer(new SessionIsOver()).isEmpty()).isTrue();
        assertThat(response.getRedirectedUrl()).isEqualTo("/login");
        assertThat(request.getSession(false)).isNull();
    }

    /** A page after half a file would make the file look whole. */
    @Test
    void putsNoPageBehindAnAnswerThatBrokeOff() {
        response.setCommitted(true);

        assertThatThrownBy(() -> answer(new IllegalStateException())).hasMessageContaining("broke off");
    }

    private ModelAndView answer(Exception failure) {
        request.setAttribute(PageGate.PAGE, true);
        return new ConsoleErrors().resolveException(request, response, null, failure);
    }
}
