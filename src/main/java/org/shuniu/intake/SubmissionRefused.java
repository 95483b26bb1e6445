package org.shuniu.intake;

/** Ends a submission's way through the intake route before anything is stored. */
public final class SubmissionRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public SubmissionRefused(Problem problem) {
        super(problem.name(), null, false, false);
        this.problem = problem;
    }

    /** @param title says what is wrong to whoever sent it, and repeats nothing of what was sent */
    public static SubmissionRefused of(String name, int status, String title) {
        return new SubmissionRefused(Problem.of(name, status, title));
    }

    public Problem problem() {
        return problem;
    }
}
