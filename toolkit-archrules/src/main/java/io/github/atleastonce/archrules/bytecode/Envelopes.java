package io.github.atleastonce.archrules.bytecode;

import java.util.List;

/** Says which arguments of a call are the content of the envelope that the call makes. */
public interface Envelopes {

    /**
     * Returns the arguments of a call that the result carries as its message.
     *
     * @param owner the qualified name of the type
     * @param name the method's name, {@code <init>} for a constructor
     * @param arguments how many arguments the call has
     * @return their indices, empty if the call makes no envelope
     */
    List<Integer> content(String owner, String name, int arguments);

    /**
     * Returns the arguments of a call that name the channel of the message.
     *
     * @param owner the qualified name of the type
     * @param name the method's name, {@code <init>} for a constructor
     * @param arguments how many arguments the call has
     * @return their indices, empty if the call names none
     */
    List<Integer> channel(String owner, String name, int arguments);
}
