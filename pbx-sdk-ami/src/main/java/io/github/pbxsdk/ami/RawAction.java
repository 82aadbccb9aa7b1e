package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.security.Operation;
import java.util.Objects;

/** An action that is known by its name only. */
record RawAction(String name, AmiFields fields) implements AmiAction<AmiResponse> {

    RawAction {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public Operation.Access access() {
        return Operation.Access.CHANGE;
    }

    @Override
    public AmiResponse result(AmiResponse response) {
        return response;
    }
}
