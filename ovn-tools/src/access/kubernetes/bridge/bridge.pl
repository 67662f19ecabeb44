use IO::Socket::UNIX;
my $s=IO::Socket::UNIX->new(Peer=>$ARGV[0]);
if(!$s){syswrite STDERR,sprintf("bridge-errno=%d\n",$!+0);exit 3}
syswrite STDERR,"bridge-ready\n";
sub carry{my($i,$o)=@_;my $b;while(sysread $i,$b,65536){my $n=0;while($n<length $b){my $w=syswrite $o,$b,length($b)-$n,$n;return if !$w;$n+=$w}}}
my $p=$$;my $c=fork;
exit 3 if !defined $c;
if(!$c){carry(*STDIN,$s);shutdown $s,1;sleep 2;kill 15,$p if getppid()==$p;exit 0}
carry($s,*STDOUT);kill 9,$c;waitpid $c,0;exit 0
