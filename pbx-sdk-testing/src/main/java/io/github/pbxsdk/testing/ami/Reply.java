package io.github.pbxsdk.testing.ami;

import java.util.List;

/**
 * What is sent for an action.
 *
 * @param answers the answer and the items of its list, to which the id of the action is added
 * @param events what comes after that by itself
 */
record Reply(List<AmiMessage> answers, List<AmiMessage> events) {

    static Reply of(AmiMessage answer) {
        return new Reply(List.of(answer), List.of());
    }
}
