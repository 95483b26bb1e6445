package org.shuniu.intake;

/** Ends a submission's way through the intake route before anything is stored. */
public final class SubmissionRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public SubmissionRefused(Problem problem) {
        super(problem.name(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
