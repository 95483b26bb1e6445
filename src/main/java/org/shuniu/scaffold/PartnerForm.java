package org.shuniu.scaffold;

import java.util.List;
import java.util.Map;

/** How a partner of one protocol looks: which routes it has, how its messages are written, and what its templates say. */
interface PartnerForm {

    /** Templates of its routes, such as {@code receive-result}. */
    List<String> routes();

    /** The folder of its own templates. */
    String folder();

    /** The folder of templates that it shares with others like it: mappings, codes and answers. */
    String shared();

    /** Templates of its mappings besides those towards it: {@code result.in.yaml} and, where it is asked, {@code query.out.yaml}. */
    List<String> mappings();

    /** The block {@code codec} of documents of a kind that go to it, without a line end. */
    String codec(String document);

    /** Texts of files in its folder in {@code mappings/} that only its protocol has, by their names. */
    default Map<String, String> further() {
        return Map.of();
    }

    /** An example of an answer as it gives it: name of the file, and text. */
    Map.Entry<String, String> example(String name, String text);

    /** What its templates say besides what every partner's do. */
    Map<String, String> words();

    /** Whether an example of an answer, by the name of its file, is one that it may give. */
    boolean gives(String example);
}
