package io.github.pbxsdk.testing.ami;

import java.util.List;

/**
 * What is sent for an action.
 *
 * @param answers the answer and the items of its list, to which the id of the action is added
 * @param events what comes after that, as it is
 * @param scripted whether a script made the answer, which may go on when it has been sent
 */
record Reply(List<AmiMessage> answers, List<AmiMessage> events, boolean scripted) {

    static Reply of(AmiMessage answer) {
        return new Reply(List.of(answer), List.of(), false);
    }
}
