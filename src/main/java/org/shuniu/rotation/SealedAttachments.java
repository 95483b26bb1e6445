package org.shuniu.rotation;

import java.util.Optional;
import org.shuniu.attachment.AttachmentStore;

/** Attachments, one file a step: a file may be long. */
final class SealedAttachments implements SealedPlace {

    private final AttachmentStore store;

    SealedAttachments(AttachmentStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "attachment";
    }

    @Override
    public Optional<Step> step(String after, int most) {
        return store.resealNext(after).map(file -> new Step(file.at(), file.keys(), file.moved() ? 1 : 0));
    }
}
