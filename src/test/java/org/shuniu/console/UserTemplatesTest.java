package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator is offered to do with others, and with himself. */
class UserTemplatesTest {

    private static final ConsoleUser CHIEF =
            new ConsoleUser("chief", "", Set.of(Role.ADMINISTRATOR), null, true, null, false);
    private static final ConsoleUser DESK =
            new ConsoleUser("desk", "", Set.of(Role.OPERATOR), Set.of("health"), true, null, false);

    private static final Pattern INPUT = Pattern.compile("<input [^>]*>");

    @TempDir
    private Path nobody;

    private RenderedTemplates pages;

    @BeforeEach
    void logIn() {
        pages = new RenderedTemplates(CHIEF, "/users/desk", nobody);
    }

    @AfterEach
    void logOut() {
        pages.close();
    }

    @Test
    void showWhatAUserIsAndWhatMayBecomeOfHim() {
        String page = pages.page("console/user", Locale.ENGLISH, about(DESK));

        assertThat(ticked(page)).containsExactly("operator", "only", "health");
        assertThat(page)
                .contains("/users/desk/change", "/users/desk/password", "/users/desk/enabled", "/users/desk/remove")
                .contains("lang=zh-CN", "never given to anybody again")
                .doesNotContain("value=\"true\"", " th:", "??");
        assertThat(page.split("name=\"reason\" required=\"required\"", -1))
                .as("a reason for each act")
                .hasSize(5);
        assertThat(pages.page("console/user", Locale.SIMPLIFIED_CHINESE, about(DESK)))
                .contains("更改角色与负责单位", "永远不再给别人用")
                .doesNotContain(" th:", "??");
    }

    @Test
    void offerWhoeverIsKeptOutToBeLetInAgain() {
        ConsoleUser disabled = new ConsoleUser("desk", "", Set.of(Role.VIEWER), null, false, null, false);
        Instant later = Instant.now().plusSeconds(600);
        ConsoleUser guessed = new ConsoleUser("desk", "", Set.of(Role.VIEWER), null, true, later, false);

        assertThat(pages.page("console/user", Locale.ENGLISH, about(disabled)))
                .contains("name=\"enabled\" value=\"true\"")
                .doesNotContain("name=\"enabled\" value=\"false\"");
        assertThat(pages.page("console/user", Locale.ENGLISH, about(guessed)))
                .as("whoever guesses keeps nobody from disabling")
                .contains("name=\"enabled\" value=\"true\"", "name=\"enabled\" value=\"false\"");
    }

    @Test
    void offerNobodyToTakeHisOwnRight() {
        String page = pages.page("console/user", Locale.ENGLISH, about(CHIEF));

        assertThat(page)
                .contains("This is you", "href=\"/password\"")
                .doesNotContain("/users/chief/", "name=\"role\"", "name=\"partner\"", " th:", "??");
    }

    @Test
    void listAllWithTheWayToEach() {
        Map<String, Object> model = about(DESK);
        model.put("users", List.of(CHIEF, DESK));
        model.put("subjects", List.of(new OidcSubjects.Person("wang", "s-1", Instant.EPOCH, Instant.EPOCH)));
        model.put("newName", "desk");
        model.put("newPassword", "shown-once");

        for (Locale locale : List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE)) {
            assertThat(pages.page("console/users", locale, model))
                    .contains("<a href=\"/users/chief\">chief</a>", "<a href=\"/users/desk\">desk</a>")
                    .contains("class=\"secret\">shown-once<", "/users/oidc/release", "name=\"reason\"")
                    .doesNotContain(" th:", "??");
        }
    }

    private static List<String> ticked(String page) {
        return INPUT.matcher(page)
                .results()
                .map(MatchResult::group)
                .filter(input -> input.contains("checked=\"checked\""))
                .map(input -> input.replaceFirst("(?s).*value=\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private static Map<String, Object> about(ConsoleUser user) {
        Map<String, Object> model = new HashMap<>();
        model.put("user", user);
        model.put("own", user.equals(CHIEF));
        model.put("roles", List.of(Role.values()));
        model.put("partners", List.of("grain", "health"));
        return model;
    }
}
