package org.shuniu.command;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.shuniu.contract.Contract.Name;
import org.shuniu.partner.ProfileFile;

/** A region that is to be: what it has sent is read, and its two folders are written when nothing is wrong. */
final class NewRegion {

    private final PartnerCommand.Installation place;
    private final String id;
    private final List<String> faults = new ArrayList<>();
    private final RegionFolders folders;

    /** @throws Unclear when what was said is not enough to begin with */
    NewRegion(PartnerCommand.Installation place, String id, Name name, Agreement agreed) {
        this.place = place;
        this.id = id;
        Agreement.line("--name-zh", name.zh());
        Agreement.line("--name-en", name.en());
        agreed.division();
        this.folders = new RegionFolders(place, id, name, agreed, faults);
    }

    /** @return the command's exit code */
    int add(Papers papers, Instant now, PrintStream out, PrintStream err) throws IOException {
        RegionPapers reader = new RegionPapers(faults);
        List<RegionPapers.Known> certificates = reader.certificates(papers, place.authorities(), now);
        List<ProfileFile.NewKey> keys = reader.keys(papers, LocalDate.ofInstant(now, PartnerCommand.SHANGHAI));
        if (papers.isEmpty()) {
            throw new Unclear("expected --certificate and --key, which the region has sent");
        }
        folders.prepare(certificates, keys);
        if (faults.isEmpty()) {
            faults.addAll(PartnerCommand.said(place.look(Map.of(id, folders.block())), id));
        }
        if (!faults.isEmpty()) {
            return PartnerCommand.refused(faults, err);
        }
        folders.write(out);
        return 0;
    }
}
