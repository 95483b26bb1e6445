package org.shuniu.handout;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.shuniu.contract.Contract.Name;

/** What the hub answers to a callback that it does not take, by HTTP status. */
final class HubAnswers {

    private HubAnswers() {}

    static Map<String, Name> all() {
        Map<String, Name> all = new LinkedHashMap<>();
        for (NamedCsvRecord row : Places.rows("hub-answers.csv")) {
            all.put(row.getField("status"), new Name(row.getField("zh"), row.getField("en")));
        }
        return all;
    }
}
