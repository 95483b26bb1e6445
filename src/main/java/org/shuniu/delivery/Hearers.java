package org.shuniu.delivery;

import java.util.List;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseFile;

/** Who hears what becomes of a case: its sender, and the counter here that went on with a case of another channel. */
public final class Hearers {

    /** Channel 1 of GB/T 39046 A.5. */
    private static final String COUNTER = "1";

    private Hearers() {}

    public static List<String> of(CaseFile file, PartnerDirectory partners) {
        String desk = partners.desk(file.sender());
        boolean counterHere = file.channel().equals(COUNTER) && !file.sender().equals(file.receivingCentre());
        return counterHere && !desk.equals(file.sender()) ? List.of(file.sender(), desk) : List.of(file.sender());
    }
}
