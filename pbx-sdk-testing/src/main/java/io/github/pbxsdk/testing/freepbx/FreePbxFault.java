package io.github.pbxsdk.testing.freepbx;

/** What a fake FreePBX does wrong with a GraphQL request. */
public enum FreePbxFault {
    /** Does nothing and answers 401, the token being revoked. */
    TOKEN_REVOKED,
    /** Does nothing and answers 200 with a status of null, as when it failed inside. */
    STATUS_NULL,
    /** Does the work and answers 400 with {@code Internal server error}. */
    ERROR_AFTER_DOING,
    /** Does the work and hangs up without an answer. */
    DROP_AFTER_DOING,
    /** Does the work and never answers. */
    SILENCE_AFTER_DOING,
    /** Does nothing and answers 200 with a page of HTML. */
    HTML_PAGE,
    /** Does nothing and answers 500, as after a notice of PHP. */
    SLIM_ERROR,
    /** Does nothing and hangs up. */
    DROP
}
