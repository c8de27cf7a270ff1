package io.github.atleastonce.archrules.bytecode;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** The body of one method or lambda. Read once, then immutable in effect; not thread-safe. */
public final class MethodCode {

    private final MethodNode node;
    private final String owner;
    private final ControlFlow flow;
    private final Origins origins;
    private final List<Invocation> calls;

    MethodCode(String owner, MethodNode node, Envelopes envelopes) {
        this.node = node;
        this.owner = owner;
        OriginInterpreter interpreter = new OriginInterpreter();
        this.flow = ControlFlow.of(owner, node, interpreter);
        this.origins = new Origins(node, flow.frames(), interpreter, envelopes);
        this.calls = readCalls();
    }

    /**
     * Returns the method's name.
     *
     * @return the name as compiled
     */
    public String name() {
        return node.name;
    }

    String key() {
        return node.name + node.desc;
    }

    /**
     * Returns the calls in the body, in the order of the bytecode, lambda bodies left out.
     *
     * @return the calls
     */
    public List<Invocation> calls() {
        return calls;
    }

    /**
     * Returns the constant text that a call is given, put together where it was too long for one constant.
     *
     * @param call one of {@link #calls()}
     * @return the text, or an empty one if not all of it is constant
     */
    public String constantTextOf(Invocation call) {
        StringBuilder text = new StringBuilder();
        for (AbstractInsnNode insn = node.instructions.get(call.position()).getPrevious();
                insn != null && isPartOfText(insn);
                insn = insn.getPrevious()) {
            if (insn instanceof LdcInsnNode constant) {
                text.insert(0, constant.cst);
            }
        }
        return text.toString();
    }

    /** A constant text, or what puts several into an array. */
    private static boolean isPartOfText(AbstractInsnNode insn) {
        if (insn instanceof LdcInsnNode constant) {
            return constant.cst instanceof String;
        }
        int opcode = insn.getOpcode();
        return opcode < 0
                || opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.SIPUSH
                || opcode == Opcodes.DUP
                || opcode == Opcodes.AASTORE
                || opcode == Opcodes.ANEWARRAY;
    }

    /**
     * Returns the catch blocks of the body, in the order in which they are tried.
     *
     * @return the catch blocks
     */
    public List<CatchBlock> catchBlocks() {
        return new CatchBlocks(node, flow, calls).read();
    }

    /**
     * Tells whether the body has no {@code throw}.
     *
     * @return whether it can only end by returning, as far as its own code goes
     */
    public boolean endsOnlyByReturning() {
        for (AbstractInsnNode insn : node.instructions) {
            if (insn.getOpcode() == Opcodes.ATHROW) {
                return false;
            }
        }
        return true;
    }

    /** The bodies of this class's own lambdas that this body makes, with the position at which each is made. */
    List<LambdaSite> lambdas() {
        List<LambdaSite> sites = new ArrayList<>();
        int position = 0;
        for (AbstractInsnNode insn : node.instructions) {
            if (insn instanceof InvokeDynamicInsnNode dynamic) {
                for (Object argument : dynamic.bsmArgs) {
                    if (argument instanceof Handle handle && handle.getOwner().equals(owner)) {
                        sites.add(new LambdaSite(handle.getName() + handle.getDesc(), position));
                    }
                }
            }
            position++;
        }
        return sites;
    }

    record LambdaSite(String key, int position) {}

    /** Whether control can pass through both positions in one run without an exception in between. */
    boolean onOnePath(int first, int second) {
        return flow.reaches(first, second) || flow.reaches(second, first);
    }

    private List<Invocation> readCalls() {
        List<Invocation> found = new ArrayList<>();
        int line = 0;
        int position = 0;
        for (AbstractInsnNode insn : node.instructions) {
            if (insn instanceof LineNumberNode number) {
                line = number.line;
            } else if (insn instanceof MethodInsnNode call) {
                found.add(new Invocation(
                        Type.getObjectType(call.owner).getClassName(),
                        call.name,
                        call.desc,
                        line,
                        position,
                        origins.argumentsOf(call, call.desc),
                        castAfter(insn)));
            }
            position++;
        }
        return found;
    }

    private static String castAfter(AbstractInsnNode call) {
        return call.getNext() instanceof TypeInsnNode type && type.getOpcode() == Opcodes.CHECKCAST
                ? Type.getObjectType(type.desc).getClassName()
                : "";
    }
}
