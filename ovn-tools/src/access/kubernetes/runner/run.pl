my($limit,$most,@argv)=@ARGV;
my $n=0;
sub end{syswrite STDOUT,"\0run-end $_[0] $n\n";exit 0}
pipe(R,W);pipe(E,F);
my $p=fork;
end("errno=11") if !defined $p;
if(!$p){
close R;close E;open STDIN,"<","/dev/null";open STDOUT,">&",\*W;
%ENV=(LC_ALL=>"C",PATH=>($ENV{PATH}||"").":/usr/sbin:/usr/bin:/sbin:/bin");
exec {$argv[0]} @argv;syswrite F,$!+0;exit 127}
close W;close F;
my $e="";sysread E,$e,16;
if(length $e){waitpid $p,0;end("errno=$e")}
my $until=time+$limit;
my $over=0;
while(1){
my $left=$until-time;
if($left<=0){if($over){kill 9,$p;end("late")}$over=1;kill 2,$p;$until=time+2;next}
my $v="";vec($v,fileno(R),1)=1;vec($v,0,1)=1;
next if select($v,undef,undef,$left)<=0;
my $b;
if(vec($v,0,1)&&!sysread STDIN,$b,65536){kill 9,$p;exit 0}
if(vec($v,fileno(R),1)){
my $g=sysread R,$b,65536;
last if !$g;
if($n+$g>$most){kill 9,$p;end("long")}
$n+=$g;
my $o=0;while($o<$g){my $w=syswrite STDOUT,$b,$g-$o,$o;if(!$w){kill 9,$p;exit 0}$o+=$w}}}
waitpid $p,0;
end("late") if $over;
end($?&127?"signal=".($?&127):"exit=".($?>>8));
