package org.shuniu.conformance;

/** What has to come before a message was not taken, so that nothing can be said of the message itself. */
final class NothingToFollow extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Judgement judgement;

    NothingToFollow(Judgement ofApplication) {
        super(ofApplication.came(), null, false, false);
        this.judgement = Judgement.failed(
                ofApplication.whose(), "the application before it was not taken: " + ofApplication.came());
    }

    Judgement judgement() {
        return judgement;
    }
}
